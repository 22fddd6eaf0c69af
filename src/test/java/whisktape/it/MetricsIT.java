package whisktape.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.lab.Lab;
import whisktape.lab.LabMetrics;
import whisktape.metrics.Exposition;
import whisktape.metrics.Labelling;

/** From a recording through a lab's topic to Prometheus. */
class MetricsIT {
    private static final Predicate<String> ACTIONS = line -> line.startsWith("openwhisk_action_");

    @TempDir
    static Path shared;

    private static Path recording;

    private static Map<String, String> scrapeOfUserEvents;

    @TempDir
    Path folder;

    private Lab lab;
    private LabMetrics metrics;

    @BeforeAll
    static void makeRecording() throws IOException {
        recording = SampleRecording.into(shared.resolve("recording"));
        scrapeOfUserEvents = SampleRecording.scrapeOfUserEvents();
    }

    @BeforeEach
    void startLab() {
        lab = Lab.start(0, 0);
        metrics = LabMetrics.start(lab, Labelling.COMPATIBLE, 0, e -> {
            throw e;
        });
    }

    @AfterEach
    void stopLab() {
        metrics.close();
        lab.close();
    }

    @Test
    void aLabShowsWhatUserEventsShowsAfterTheSameEvents() {
        replay("max");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape()).isEqualTo(scrapeOfUserEvents));
    }

    @Test
    void prometheusCountsAPacedReplayAsTheRecordingDoes() throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start(
                folder, """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: openwhisk
                    static_configs: [{targets: ['%s']}]
                """.formatted(URI.create(metrics.url()).getAuthority()))) {
            String all = "openwhisk_userevents_global_activations_total";
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> prometheus.query(all, Instant.now()).size() == 1);
            Instant from = Instant.now();

            replay("30");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> prometheus.value(all, Instant.now()) == SampleRecording.ACTIVATIONS);
            Instant until = Instant.now();
            String run = "[" + (Duration.between(from, until).toSeconds() + 2) + "s]";
            // Series of actions begin with their first event, which increase() does not see; the others begin at 0.
            double first = prometheus.value("count(openwhisk_action_activations_total)", until);
            double largestScrape =
                    prometheus.value("max_over_time(sum(delta(" + all + "[2s]))" + run.replace("]", ":1s])"), until);
            assertThat(prometheus.value("sum(increase(" + all + run + "))", until))
                    .isCloseTo(SampleRecording.ACTIVATIONS, within(largestScrape));
            assertThat(prometheus.value("sum(increase(openwhisk_action_activations_total" + run + "))", until))
                    .isCloseTo(SampleRecording.ACTIVATIONS, within(largestScrape + first));
            assertThat(prometheus.value("sum(openwhisk_action_activations_total)", until))
                    .isEqualTo(SampleRecording.ACTIVATIONS);
        }
    }

    private void replay(String speed) {
        CommandRun run = CommandRun.of(
                "replay", recording.toString(), "--to", lab.kafka().bootstrapServers(), "--force", "--speed", speed);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private Map<String, String> scrape() throws IOException {
        try (var in = URI.create(metrics.url()).toURL().openStream()) {
            return Exposition.series(new String(in.readAllBytes(), UTF_8), ACTIONS);
        }
    }
}
