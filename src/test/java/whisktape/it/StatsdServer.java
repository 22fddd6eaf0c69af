package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** npm's StatsD as a process of its own, with a backend that writes down what it flushes; {@code .ci/run} installs it. */
final class StatsdServer implements AutoCloseable {
    private static final Path INSTALLED = Path.of("src/test/statsd/node_modules/statsd/stats.js");
    private static final Path BACKEND = Path.of("src/test/statsd/flushes.js");

    /** StatsD dates what it flushes to the second; at least two lie between, so that no second has two. */
    private static final int FLUSH_INTERVAL_MS = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Path flushes;
    private final Process process;

    private StatsdServer(int port, Path flushes, Process process) {
        this.port = port;
        this.flushes = flushes;
        this.process = process;
    }

    /** Starts one that only writes down. */
    static StatsdServer start(Path folder) throws IOException {
        return start(folder, "");
    }

    /** Starts one that sends all it flushes to Graphite's carbon, too. */
    static StatsdServer start(Path folder, CarbonCache carbon) throws IOException {
        return start(folder, """
                , graphiteHost: "127.0.0.1", graphitePort: %d,
                graphite: {legacyNamespace: false}, calculatedTimerMetrics: ["count", "sum"]""".formatted(carbon.linePort()));
    }

    private static StatsdServer start(Path folder, String graphite) throws IOException {
        Real.require("StatsD (npm ci --prefix src/test/statsd installs it)", Files.exists(INSTALLED));
        int port = FreePort.udp();
        Path flushes = folder.resolve("flushes.jsonl");
        String backends = graphite.isEmpty() ? "" : ", \"./backends/graphite\"";
        Path config = Files.writeString(folder.resolve("statsd.js"), """
                {address: "127.0.0.1", port: %d, mgmt_address: "127.0.0.1", mgmt_port: %d,
                backends: ["%s"%s], flushes: "%s",
                flushInterval: %d, deleteIdleStats: true, percentThreshold: []%s}
                """.formatted(
                port, FreePort.tcp(), BACKEND.toAbsolutePath(), backends, flushes, FLUSH_INTERVAL_MS, graphite));
        Path log = folder.resolve("statsd.log");
        Process process = new ProcessBuilder("node", INSTALLED.toAbsolutePath().toString(), config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        StatsdServer server = new StatsdServer(port, flushes, process);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .failFast(() ->
                        assertThat(process.isAlive()).as(Files.readString(log)).isTrue())
                .until(() -> Files.exists(flushes));
        return server;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Waits until so many lines have been read and flushed. */
    void awaitMetrics(long lines) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counters()).containsEntry("statsd.metrics_received", (double) lines));
    }

    /** By name, the sum of all that was counted. */
    Map<String, Double> counters() throws IOException {
        Map<String, Double> sums = new TreeMap<>();
        for (JsonNode flush : flushes()) {
            flush.get("counters")
                    .properties()
                    .forEach(counter ->
                            sums.merge(counter.getKey(), counter.getValue().asDouble(), Double::sum));
        }
        return sums;
    }

    /** By name, all values in their order. */
    Map<String, List<Double>> timers() throws IOException {
        Map<String, List<Double>> values = new TreeMap<>();
        for (JsonNode flush : flushes()) {
            flush.get("timers")
                    .properties()
                    .forEach(timer -> timer.getValue()
                            .forEach(value -> values.computeIfAbsent(timer.getKey(), name -> new ArrayList<>())
                                    .add(value.asDouble())));
        }
        return values;
    }

    /** By name, the last value. */
    Map<String, Double> gauges() throws IOException {
        Map<String, Double> last = new TreeMap<>();
        for (JsonNode flush : flushes()) {
            flush.get("gauges")
                    .properties()
                    .forEach(gauge -> last.put(gauge.getKey(), gauge.getValue().asDouble()));
        }
        return last;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A line that is being written has no end yet. */
    private List<JsonNode> flushes() throws IOException {
        String text = Files.readString(flushes);
        List<JsonNode> read = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            read.add(JSON.readTree(line));
        }
        return read;
    }
}
