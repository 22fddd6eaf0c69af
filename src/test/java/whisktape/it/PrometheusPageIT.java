package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ShellCommand;

/** The commands of {@code docs/prometheus.md} as somebody types them who has unpacked a release; on free ports. */
class PrometheusPageIT {
    private static final String SECTION = "## From a recording to a red alert\n";
    private static final String PROMPT = "    $ ";

    @TempDir
    static Path folder;

    private static Path release;
    private static Map<String, String> ports;

    private final List<Process> running = new ArrayList<>();

    @BeforeAll
    static void unpack() throws Exception {
        PrometheusServer.require();
        release = UnpackedRelease.in(folder);
        ports = Map.of("9090", freePort(), "9095", freePort());
        Path configuration = release.resolve("src/main/grafana/prometheus.yml");
        Files.writeString(configuration, onFreePorts(Files.readString(configuration)));
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void leadsFromARecordingToARedAlert() throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSize(4);
        start(commands.get(0));
        start(commands.get(1));
        ShellCommand.Result alerts = Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> run(commands.get(2)),
                        result -> result.out()
                                .contains("alertname=\"OpenWhiskWaitBeyondTenSeconds\", alertstate=\"firing\""));
        assertThat(alerts.exitCode()).isZero();

        ShellCommand.Result next = run(commands.get(3));

        assertThat(next.err()).isEmpty();
        assertThat(next.out()).contains("invoker0 ran nothing for 67 s while 23 calls waited for it");
        assertThat(running).allMatch(Process::isAlive);
    }

    private static List<String> commands() throws IOException {
        String page = Files.readString(release.resolve("docs/prometheus.md"));
        String section = page.substring(page.indexOf(SECTION) + SECTION.length());
        return Stream.of(section.substring(0, section.indexOf("\n## ")).split("\n"))
                .filter(line -> line.startsWith(PROMPT))
                .map(line -> onFreePorts(line.substring(PROMPT.length())))
                .collect(Collectors.toList());
    }

    private void start(String command) throws IOException {
        assertThat(command).endsWith(" &");
        Process process = new ProcessBuilder("sh", "-c", "exec " + command.substring(0, command.length() - 2))
                .directory(release.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "page", ".log").toFile())
                .start();
        running.add(process);
    }

    private static ShellCommand.Result run(String command) throws IOException, InterruptedException {
        return ShellCommand.of("sh", "-c", command).in(release).run();
    }

    private static String onFreePorts(String text) {
        String moved = text;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            moved = moved.replace(port.getKey(), port.getValue());
        }
        return moved;
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return Integer.toString(free.getLocalPort());
        }
    }
}
