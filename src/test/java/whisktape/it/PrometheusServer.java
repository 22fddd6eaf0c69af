package whisktape.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Prometheus as a process of its own, on a free port of the loopback; Debian's package, which {@code .ci/run} installs. */
final class PrometheusServer implements AutoCloseable {
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private final Process process;

    private PrometheusServer(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    static void require() {
        Real.require("Debian's package prometheus", Files.exists(PROMETHEUS) && Files.exists(PROMTOOL));
    }

    /**
     * Starts one on what is in this folder's {@code data}, which may be blocks made by promtool.
     *
     * @param configuration of Prometheus, in YAML
     */
    static PrometheusServer start(Path folder, String configuration) throws IOException {
        require();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Process process = new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--storage.tsdb.retention.time=100y",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer started = new PrometheusServer("http://127.0.0.1:" + port, process);
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> started.get("/-/ready").statusCode() == 200);
        } catch (RuntimeException e) {
            started.close();
            throw new IllegalStateException(Files.readString(folder.resolve("prometheus.log")), e);
        }
        return started;
    }

    /** Runs promtool and returns what it printed, with its exit code as the last line. */
    static String promtool(String... arguments) throws IOException, InterruptedException {
        require();
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        Collections.addAll(command, arguments);
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed + "exit code " + promtool.waitFor();
    }

    /** The result of an instant query: a list of {@code {metric, value: [time, text]}}. */
    JsonNode query(String expression, Instant at) throws IOException, InterruptedException {
        return result("/api/v1/query?query=" + encoded(expression) + "&time=" + at.toEpochMilli() / 1e3);
    }

    /** The result of a range query: a list of {@code {metric, values: [[time, text]…]}}. */
    JsonNode query(String expression, Instant from, Instant until, Duration step)
            throws IOException, InterruptedException {
        return result("/api/v1/query_range?query=" + encoded(expression) + "&start=" + from.toEpochMilli() / 1e3
                + "&end=" + until.toEpochMilli() / 1e3 + "&step=" + step.toMillis() / 1e3);
    }

    /** The one value of an instant query that gives one. */
    double value(String expression, Instant at) throws IOException, InterruptedException {
        JsonNode result = query(expression, at);
        if (result.size() != 1) {
            throw new IllegalStateException(expression + " gives " + result.size() + " series: " + result);
        }
        return Double.parseDouble(result.path(0).path("value").path(1).textValue());
    }

    /** The values that a label has in these series. */
    List<String> labelValues(String series, String label, Instant from, Instant until)
            throws IOException, InterruptedException {
        JsonNode values = data("/api/v1/label/" + label + "/values?" + encoded("match[]") + "=" + encoded(series)
                + "&start=" + from.toEpochMilli() / 1e3 + "&end=" + until.toEpochMilli() / 1e3);
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.textValue()));
        return texts;
    }

    /** {@code http://127.0.0.1:9090}. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode result(String path) throws IOException, InterruptedException {
        return data(path).path("result");
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        return json.readTree(answer.body()).path("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
