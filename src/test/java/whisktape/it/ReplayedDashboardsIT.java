package whisktape.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards on what Prometheus has scraped while a recording was replayed. */
class ReplayedDashboardsIT implements DashboardContract {
    private static final Duration SCRAPES_EVERY = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static PrometheusServer prometheus;
    private static ShownRun run;

    @BeforeAll
    static void replay() throws Exception {
        PrometheusServer.require();
        Path recording = ShownRun.recording(folder);
        try (WhisktapeProcess compatible = replay(recording, "--compat");
                WhisktapeProcess improved = replay(recording, "--improved")) {
            prometheus = PrometheusServer.start(
                    folder, """
                    global: {scrape_interval: %ds}
                    scrape_configs:
                      - job_name: compatible
                        static_configs: [{targets: ['%s']}]
                      - job_name: improved
                        static_configs: [{targets: ['%s']}]
                    """.formatted(SCRAPES_EVERY.toSeconds(), authority(compatible), authority(improved)));
            Instant from = Instant.now();
            for (WhisktapeProcess replay : List.of(compatible, improved)) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(3))
                        .until(replay::err, text -> text.contains("serving what was counted"));
            }
            run = new ShownRun(prometheus, from, Instant.now(), SCRAPES_EVERY);
        }
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Override
    public ShownRun run() {
        return run;
    }

    private static WhisktapeProcess replay(Path recording, String labelling) throws IOException {
        return new WhisktapeProcess(
                folder,
                List.of("-Xmx256m"),
                "replay",
                recording.toString(),
                "--to-metrics",
                "0",
                "--speed",
                "10",
                labelling);
    }

    private static String authority(WhisktapeProcess replay) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> replay.err()
                                .lines()
                                .filter(line -> line.startsWith("metrics ") && line.endsWith("/metrics"))
                                .map(line -> URI.create(line.substring("metrics ".length()))
                                        .getAuthority())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
