package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ActivationEvent;
import whisktape.DocumentBuilder;

/** Traps of the data that only figures of several calls can fall into; those of one row are in {@link InvocationsTest}. */
final class TrapsTest {
    private static final long BEGIN = 1_800_000_000_000L;

    @TempDir
    private Path temp;

    private RecordedCalls recorded;

    @BeforeEach
    void record() {
        recorded = new RecordedCalls(temp);
    }

    @Test
    void aSequenceCountsByItsPartsOnly() {
        recorded.add(new DocumentBuilder("s", "guest/chain").sequence(BEGIN, BEGIN + 300, 200, "1", "2"));
        recorded.add(new DocumentBuilder("1", "guest/step").partOf("s").ran(BEGIN + 100, 80));
        recorded.add(new DocumentBuilder("2", "guest/step").partOf("s").ran(BEGIN + 300, 120));

        assertThat(recorded.answer("time-by-action", "action, n, total_ms, run_share"))
                .containsExactly("guest/step 2 220 0.909");
    }

    @Test
    void initialisationIsNotCountedTwice() {
        recorded.add(hello("a").ran(BEGIN, 400L).initialised(300L).waited(100L));

        assertThat(recorded.answer("time-by-action", "total_ms, wait_share, init_share, run_share"))
                .containsExactly("500 0.2 0.6 0.2");
    }

    @Test
    void whatNeverRanIsNoWarmCall() {
        recorded.add(hello("a").ran(BEGIN, 10L).waited(5L));
        recorded.add(hello("b").ran(BEGIN + 900, 0L).waited(900L).status(3));

        assertThat(recorded.answer("warm-wait-by-action", "n, wait_ms_max")).containsExactly("1 5");
        assertThat(recorded.answer("failed-starts-by-invoker", "n, of_n, wait_ms_max"))
                .containsExactly("1 2 900");
    }

    @Test
    void callsBufferedBehindAFailedInitialisationNeverRan() {
        recorded.add(new DocumentBuilder("known", "guest/hello").concurrency(5).ran(BEGIN - 60_000, 10));
        recorded.add(hello("a").ran(BEGIN, 300L).initialised(300L).waited(10L).status(2));
        recorded.add(hello("b").ran(BEGIN, 0L).waited(290L).status(2));

        assertThat(recorded.answer("failed-starts-by-invoker", "action, n, of_n, wait_ms_max"))
                .containsExactly("guest/hello 1 2 290");
    }

    @Test
    void aProbeThatSeemsToHaveWaitedForDaysIsInNoFigure() {
        recorded.add(hello("a").ran(BEGIN, 10L).waited(5L));
        recorded.add(new ActivationEvent("b", "whisk.system/invokerHealthTestAction0")
                .ran(BEGIN, 1L)
                .waited(583_915_671L));

        assertThat(recorded.answer("wait-time-by-action", "action, wait_ms_max"))
                .containsExactly("guest/hello 5");
        assertThat(recorded.answer("time-by-action", "action, total_ms")).containsExactly("guest/hello 15");
    }

    @Test
    void partsOfWhichNoneHasAWaitAreNoted() {
        recorded.add(hello("a").component().ran(BEGIN, 10L).waited(0L));
        recorded.add(hello("b").component().ran(BEGIN, 10L).waited(0L));

        assertThat(recorded.answer("doubtful-work", "doubt, n, of_n")).contains("parts of sequences without wait 2 2");
    }

    @Test
    void successesThatAreNotStoredCountByTheirEvents() {
        recorded.add(hello("a").ran(BEGIN + 3, 10L));
        recorded.add(hello("b").ran(BEGIN + 103, 30L));
        recorded.add(hello("c").ran(BEGIN + 203, 50L).status(1));
        recorded.add(
                new DocumentBuilder("c", "guest/hello").ran(BEGIN + 200, 50).status(1));

        assertThat(recorded.answer("time-by-action", "n, total_ms")).containsExactly("3 120");
        assertThat(recorded.answer("reconciliation", "found_in, reason, activations"))
                .contains("events before the first document 2");
    }

    @Test
    void aRepeatedEventIsNotASecondCall() {
        recorded.add(hello("a").ran(BEGIN, 10L));
        recorded.add(hello("a").ran(BEGIN, 10L));

        assertThat(recorded.answer("time-by-action", "n")).containsExactly("1");
        assertThat(recorded.answer("doubtful-work", "doubt, n, of_n")).contains("events repeated 1 2");
    }

    @Test
    void oneCallerOfSomebodyElsesActionIsTheCaller() {
        recorded.add(
                new ActivationEvent("a", "catalog/search").namespace("shop").ran(BEGIN, 10L));

        assertThat(recorded.answer("heavy-hitters", "namespace, action")).containsExactly("shop catalog/search");
        assertThat(recorded.answer("arrivals-by-namespace", "namespace")).contains("shop");
    }

    @Test
    void containersBelongToACallerSoThatAnothersCallIsItsFirst() {
        recorded.add(
                new ActivationEvent("a", "catalog/search").namespace("shop").ran(BEGIN, 10L));
        recorded.add(
                new ActivationEvent("b", "catalog/search").namespace("mobile").ran(BEGIN + 5_000, 10L));

        assertThat(recorded.answer("cold-starts-by-gap", "gap, n")).containsExactly("first call 2");
    }

    @Test
    void wholeMillisecondsMakeNoRatios() {
        for (int i = 0; i < 100; i++) {
            recorded.add(hello("a" + i).ran(BEGIN + i * 1_000, i < 90 ? 1L : 9L));
        }

        assertThat(recorded.answer("run-time-variability", "run_ms_p50, run_ms_p95, p95_by_p50, variation"))
                .containsExactly("1.0 9.0 null null");
    }

    @Test
    void aPercentileOfTooFewCallsIsNotGiven() {
        for (int i = 0; i < 58; i++) {
            recorded.add(hello("a" + i).ran(BEGIN + i * 1_000, 10L));
        }
        assertThat(recorded.answer("time-by-action", "n, p50_ms, p95_ms, p99_ms"))
                .containsExactly("58 20.0 null null");

        recorded.add(hello("a58").ran(BEGIN + 58_000, 10L));
        assertThat(recorded.answer("time-by-action", "n, p95_ms, p99_ms")).containsExactly("59 20.0 null");
    }

    private static ActivationEvent hello(String id) {
        return new ActivationEvent(id, "guest/hello");
    }
}
