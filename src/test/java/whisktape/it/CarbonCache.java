package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Graphite's carbon-cache as a process, with all its files in a folder of the test; {@code .ci/run} installs Debian's package. */
final class CarbonCache implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/bin/carbon-cache");

    private final Path whisper;
    private final int linePort;
    private final Instant started = Instant.now();
    private final Process process;

    private CarbonCache(Path whisper, int linePort, Process process) {
        this.whisper = whisper;
        this.linePort = linePort;
        this.process = process;
    }

    static CarbonCache start(Path folder) throws IOException {
        Real.require("carbon (Debian's graphite-carbon)", Files.exists(INSTALLED));
        int linePort = FreePort.tcp();
        Path whisper = Files.createDirectories(folder.resolve("whisper"));
        Files.createDirectories(folder.resolve("log"));
        Path config = Files.writeString(folder.resolve("carbon.conf"), """
                [cache]
                STORAGE_DIR = %1$s
                CONF_DIR = %1$s
                PID_DIR = %1$s
                LOG_DIR = %1$s/log
                LOCAL_DATA_DIR = %1$s/whisper
                USER =
                MAX_UPDATES_PER_SECOND = inf
                MAX_CREATES_PER_MINUTE = inf
                ENABLE_TAGS = False
                LINE_RECEIVER_INTERFACE = 127.0.0.1
                LINE_RECEIVER_PORT = %2$d
                PICKLE_RECEIVER_PORT = 0
                CACHE_QUERY_INTERFACE = 127.0.0.1
                CACHE_QUERY_PORT = %3$d
                """.formatted(folder, linePort, FreePort.tcp()));
        Files.writeString(folder.resolve("storage-schemas.conf"), """
                [all]
                pattern = .*
                retentions = 1s:1h
                """);
        Path log = folder.resolve("carbon.log");
        Process process = new ProcessBuilder(
                        INSTALLED.toString(),
                        "--config=" + config,
                        "--pidfile=" + folder.resolve("carbon.pid"),
                        "--nodaemon",
                        "start")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .failFast(() ->
                        assertThat(process.isAlive()).as(Files.readString(log)).isTrue())
                .until(() -> {
                    new Socket("127.0.0.1", linePort).close();
                    return true;
                });
        return new CarbonCache(whisper, linePort, process);
    }

    int linePort() {
        return linePort;
    }

    /**
     * What it has on the disk of the names that begin and end so: the sum of all values, by what stands between.
     *
     * @param begin with whole parts, as {@code last}
     */
    Map<String, Double> sums(String begin, String last) throws IOException, InterruptedException {
        Map<String, Double> sums = new TreeMap<>();
        Path folder = whisper.resolve(begin.replace('.', '/'));
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(path -> path.endsWith(last + ".wsp")).toList()) {
                    sums.put(folder.relativize(file.getParent()).toString().replace('/', '.'), sum(file));
                }
            }
        }
        return sums;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** With Graphite's own tool for its files. */
    private double sum(Path file) throws IOException, InterruptedException {
        Process fetch = new ProcessBuilder(List.of(
                        "whisper-fetch", "--json", "--from=" + (started.getEpochSecond() - 60), file.toString()))
                .redirectErrorStream(true)
                .start();
        String text = new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(fetch.waitFor()).as(text).isZero();
        double sum = 0;
        for (JsonNode value : new ObjectMapper().readTree(text).get("values")) {
            sum += value.asDouble();
        }
        return sum;
    }
}
