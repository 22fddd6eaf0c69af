package whisktape.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.metrics.Exposition;

/** {@code replay --to-metrics} as a process of its own, because how it ends is a matter of signals. */
class ReplayToMetricsIT {
    private static final String ALL = "openwhisk_userevents_global_activations_total";

    @TempDir
    static Path shared;

    private static Path recording;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeRecording() {
        recording = SampleRecording.into(shared.resolve("recording"));
    }

    @Test
    void servesWhatUserEventsShowedUntilSigterm() throws Exception {
        try (WhisktapeProcess replay = replay("--speed", "max")) {
            String url = url(replay);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(replay::err, text -> text.endsWith("serving what was counted; Ctrl-C ends it\n"));

            assertThat(replay.out())
                    .startsWith("sent 1,923 events to the metrics at " + url + " in ")
                    .contains("failed      0\n");
            assertThat(scrape(url, "openwhisk_action_")).isEqualTo(SampleRecording.scrapeOfUserEvents());
            assertThat(scrape(url, "whisktape_events_total"))
                    .containsExactly(
                            Map.entry("whisktape_events_total{result=\"counted\"}", "1923.0"),
                            Map.entry("whisktape_events_total{result=\"ignored\"}", "0.0"),
                            Map.entry("whisktape_events_total{result=\"poison\"}", "0.0"));
            assertThat(replay.isAlive()).isTrue();
            replay.stop();

            assertThat(replay.exitCode()).isZero();
        }
    }

    @Test
    void tellsInvokersAndColdStartsApartWithImproved() throws Exception {
        try (WhisktapeProcess replay = replay("--speed", "max", "--improved")) {
            String url = url(replay);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> total(url) == SampleRecording.ACTIVATIONS);

            Map<String, String> activations = scrape(url, "openwhisk_action_activations_total");
            assertThat(activations.keySet())
                    .anyMatch(series -> series.contains("invoker=\"invoker0\"") && series.contains("cold=\"true\""))
                    .anyMatch(series -> series.contains("invoker=\"invoker1\"") && series.contains("cold=\"false\""));
            assertThat(activations.values().stream()
                            .mapToDouble(Double::parseDouble)
                            .sum())
                    .isEqualTo(SampleRecording.ACTIVATIONS);
            assertThat(scrape(url, "openwhisk_namespace_concurrent_invocations"))
                    .isNotEmpty();
        }
    }

    @Test
    void isIncompleteWhenItIsInterruptedOnItsWay() throws Exception {
        try (WhisktapeProcess replay = replay("--speed", "1")) {
            String url = url(replay);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> total(url) > 0);
            replay.stop();

            assertThat(replay.exitCode()).isEqualTo(130);
            assertThat(replay.out()).containsPattern("skipped {5}1,\\d\\d\\d\n");
        }
    }

    private WhisktapeProcess replay(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("replay", recording.toString(), "--to-metrics", "0"));
        args.addAll(List.of(options));
        return new WhisktapeProcess(folder, List.of("-Xmx256m"), args.toArray(String[]::new));
    }

    private static String url(WhisktapeProcess replay) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(replay::err, text -> text.startsWith("metrics http://127.0.0.1:") && text.contains("/metrics\n"))
                .lines()
                .findFirst()
                .orElseThrow()
                .substring("metrics ".length());
    }

    private static double total(String url) throws IOException {
        return Double.parseDouble(scrape(url, ALL).get(ALL));
    }

    private static Map<String, String> scrape(String url, String names) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return Exposition.series(new String(in.readAllBytes(), UTF_8), line -> line.startsWith(names));
        }
    }
}
