package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import whisktape.WhisktapeException;

/** Samples at each step, and their text. */
class MetricsHistoryTest {
    private static final byte[] EVENT = UserEventMetricsTest.EVENT.getBytes(UTF_8);
    private static final byte[] OTHER =
            UserEventMetricsTest.EVENT.replace("guest/hello", "guest/other").getBytes(UTF_8);
    private static final String ACTIVATIONS =
            "openwhisk_action_activations_total{namespace=\"guest\",initiator=\"guest\",action=\"%s\","
                    + "kind=\"nodejs:20\",memory=\"256\",job=\"openwhisk\"}";
    private static final String HELLO = ACTIVATIONS.formatted("hello");
    private static final String GLOBAL = "openwhisk_userevents_global_activations_total{job=\"openwhisk\"}";
    private static final String MEMORY =
            "openwhisk_action_memory{namespace=\"guest\",initiator=\"guest\",action=\"hello\",job=\"openwhisk\"}";

    private static final Steps EVERY_10_S = Steps.every(Duration.ofSeconds(10));

    @Test
    void aStepShowsWhatHappenedUntilThen() {
        String text = text(EVERY_10_S, history -> {
            history.count(EVENT, 101_000);
            history.count(EVENT, 110_000);
            history.count(EVENT, 110_001);
        });

        assertThat(samples(text, GLOBAL)).containsExactly("0 100", "2 110", "3 120");
    }

    @Test
    void aCounterIsZeroOneStepBeforeItsFirstEvent() {
        String text = text(EVERY_10_S, history -> {
            history.count(OTHER, 101_000);
            history.count(EVENT, 141_000);
        });

        assertThat(samples(text, HELLO)).containsExactly("0 140", "1 150");
        assertThat(samples(text, ACTIVATIONS.formatted("other")))
                .containsExactly("0 100", "1 110", "1 120", "1 130", "1 140", "1 150");
    }

    @Test
    void aGaugeBeginsWithItsFirstValue() {
        String text = text(EVERY_10_S, history -> history.count(EVENT, 101_000));

        assertThat(samples(text, MEMORY)).containsExactly("256 110");
    }

    @Test
    void silenceIsSampledToo() {
        String text = text(EVERY_10_S, history -> {
            history.count(EVENT, 101_000);
            history.count(EVENT, 3_701_000);
        });

        assertThat(samples(text, HELLO)).hasSize(362).contains("1 110", "1 3700", "2 3710");
    }

    @Test
    void silenceBehindTheLastEventEndsWithTheWindow() {
        Steps quiet = EVERY_10_S.silence(Duration.ofSeconds(25));
        Counting once = history -> history.count(EVENT, 101_000);

        assertThat(samples(text(quiet, once), HELLO)).containsExactly("0 100", "1 110", "1 120", "1 130");
        assertThat(samples(text(quiet.until(Instant.ofEpochSecond(121)), once), HELLO))
                .containsExactly("0 100", "1 110", "1 120");
    }

    @Test
    void anEventThatStepsBackCountsWithTheOneBeforeIt() {
        String text = text(EVERY_10_S, history -> {
            history.count(EVENT, 121_000);
            history.count(EVENT, 101_000);
            history.count(EVENT, Long.MIN_VALUE);
        });

        assertThat(samples(text, HELLO)).containsExactly("0 120", "3 130");
    }

    @Test
    void aTimeBeyondTheYear9999IsNoTime() {
        String text = text(EVERY_10_S, history -> {
            history.count(EVENT, 101_000);
            history.count(EVENT, Long.MAX_VALUE);
        });

        assertThat(samples(text, HELLO)).containsExactly("0 100", "2 110");
    }

    @Test
    void aWindowShowsWhatWasCountedBeforeIt() {
        Steps window = EVERY_10_S.from(Instant.ofEpochSecond(115)).until(Instant.ofEpochSecond(140));
        String text = text(window, history -> {
            history.count(EVENT, 101_000);
            history.count(EVENT, 125_000);
            history.count(EVENT, 139_000);
            history.count(EVENT, 900_000);
        });

        assertThat(samples(text, HELLO)).containsExactly("1 120", "2 130");
    }

    @Test
    void aWindowWithoutEventsIsSilence() {
        Steps window = EVERY_10_S.from(Instant.ofEpochSecond(200)).until(Instant.ofEpochSecond(220));
        String text = text(window, history -> {
            history.count(EVENT, 101_000);
            history.count(EVENT, 900_000);
        });

        assertThat(samples(text, HELLO)).containsExactly("1 200", "1 210");
    }

    @Test
    void aWindowBeyondTheEventsHasNoSamples() {
        Steps window = EVERY_10_S.from(Instant.ofEpochSecond(200));
        try (MetricsHistory history = new MetricsHistory(Labelling.COMPATIBLE, window)) {
            history.count(EVENT, 101_000);
            history.end();

            assertThat(history.from()).isEmpty();
            assertThat(history.to()).isEmpty();
        }
    }

    @Test
    void saysFromWhenToWhenItIs() {
        try (MetricsHistory history = new MetricsHistory(Labelling.COMPATIBLE, EVERY_10_S)) {
            history.count(EVENT, 101_000);
            history.count(EVENT, 141_000);
            history.end();

            assertThat(history.from()).contains(Instant.ofEpochSecond(100));
            assertThat(history.to()).contains(Instant.ofEpochSecond(150));
        }
    }

    @Test
    void aClockThatWasDecadesOffIsRefusedWithBothTimes() {
        try (MetricsHistory history = new MetricsHistory(Labelling.COMPATIBLE, EVERY_10_S)) {
            history.count(EVENT, 0);

            assertThatThrownBy(() -> history.count(EVENT, 1_700_000_000_000L))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("1970-01-01T00:00:00Z")
                    .hasMessageContaining("2023-11-14T22:13:20Z")
                    .hasMessageContaining("--from and --until");
        }
    }

    @Test
    void aHistogramKeepsItsBucketsTogetherStepByStep() {
        String text = text(EVERY_10_S, history -> history.count(EVENT, 101_000));

        assertThat(text.lines()
                        .filter(line -> line.startsWith("openwhisk_userevents_global_waitTime_seconds"))
                        .map(line -> line.replaceAll(",?job=\"openwhisk\"", "")
                                .replace("openwhisk_userevents_global_waitTime_seconds", "")))
                .startsWith("_bucket{le=\"0.005\"} 0 100", "_bucket{le=\"0.01\"} 0 100")
                .contains("_bucket{le=\"0.05\"} 1 110", "_bucket{le=\"+Inf\"} 1 110", "_count{} 1 110")
                .endsWith("_sum{} 0.042 110")
                .hasSize(34);
    }

    @Test
    void typesAreThoseThatOpenMetricsAllowsTheNames() {
        String text = text(EVERY_10_S, history -> history.count(EVENT, 101_000));

        assertThat(text.lines())
                .contains(
                        "# TYPE openwhisk_action_activations counter",
                        "# TYPE openwhisk_action_status unknown",
                        "# TYPE openwhisk_action_memory gauge",
                        "# TYPE openwhisk_action_waitTime_seconds histogram")
                .endsWith("# EOF");
        assertThat(text).doesNotContain("openwhisk_userevents_consumer_lag");
    }

    @Test
    void stepsBelowASecondHaveDecimals() {
        String text = text(Steps.every(Duration.ofMillis(250)), history -> history.count(EVENT, 1_100));

        assertThat(samples(text, HELLO)).containsExactly("0 1", "1 1.250");
    }

    @Test
    void labelValuesAreEscaped() {
        byte[] odd = UserEventMetricsTest.EVENT
                .replace("nodejs:20", "a\\\\b\\\"c\\nd")
                .getBytes(UTF_8);
        String text = text(EVERY_10_S, history -> history.count(odd, 101_000));

        assertThat(text.lines().filter(line -> line.startsWith("openwhisk_action_activations_total")))
                .hasSize(2)
                .allMatch(line -> line.contains("kind=\"a\\\\b\\\"c\\nd\","));
    }

    @Test
    void aLabelOfUserEventsCannotBeGivenToAllSeries() {
        assertThatThrownBy(() -> TargetLabels.of("run", Map.of("action", "x")))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("label action");
        assertThatThrownBy(() -> TargetLabels.of("run", Map.of("cluster-name", "x")))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("'cluster-name'");
    }

    @Test
    void jobAndInstanceAreThereUntilTheyAreOthers() {
        assertThat(TargetLabels.of("run", Map.of("region", "eu")).byName())
                .isEqualTo(Map.of("job", "openwhisk", "instance", "run", "region", "eu"));
        assertThat(TargetLabels.of("run", Map.of("job", "other", "instance", ""))
                        .byName())
                .isEqualTo(Map.of("job", "other"));
    }

    private interface Counting {
        void into(MetricsHistory history);
    }

    private static String text(Steps steps, Counting counting) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MetricsHistory history = new MetricsHistory(Labelling.COMPATIBLE, steps)) {
            counting.into(history);
            history.end();
            long samples = OpenMetricsText.write(history, new TargetLabels(Map.of("job", "openwhisk")), out);
            String text = out.toString(UTF_8);
            assertThat(text.lines().filter(line -> !line.startsWith("#"))).hasSize((int) samples);
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> samples(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .toList();
    }
}
