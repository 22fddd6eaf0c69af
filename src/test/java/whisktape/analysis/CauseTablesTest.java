package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ActivationEvent;
import whisktape.DocumentBuilder;

/** The tables that say why: what slow calls share, when things changed, limits, tails, clocks. */
final class CauseTablesTest {
    private static final long BEGIN = 1_800_000_000_000L;
    private static final long SECOND = 1_000;

    @TempDir
    private Path temp;

    private RecordedCalls recorded;
    private int next;

    @BeforeEach
    void record() {
        recorded = new RecordedCalls(temp);
    }

    @Test
    void theFirstRowNamesWhatSlowCallsShare() {
        for (int i = 0; i < 200; i++) {
            call(i, i < 20 ? "invoker1" : "invoker0", i < 10 ? 1_000 : 10);
        }

        assertThat(recorded.answer(
                        "slow-against-rest",
                        "dimension, value, n, slow_n, slow_share, rest_share, difference_share, p_adjusted, compared"))
                .containsExactly(
                        "invoker invoker1 20 10 1.0 0.0526 0.9474 0.0 2",
                        "invoker invoker0 180 0 0.0 0.9474 -0.9474 0.0 2");
    }

    @Test
    void whatMayBeChanceHasALargeP() {
        for (int i = 0; i < 200; i++) {
            call(i, i % 5 == 0 ? "invoker1" : "invoker0", i < 20 && i % 5 == 0 || i < 8 && i % 5 != 0 ? 1_000 : 10);
        }

        // Chi-square of 4 and 36 against 6 and 154 is 2.6316, with one degree of freedom a p of 0.1048; twice the same.
        assertThat(recorded.answer("slow-against-rest", "value, slow_n, p_adjusted"))
                .containsExactly("invoker1 4 0.1048", "invoker0 6 0.1048");
    }

    @Test
    void actionsThatAreSlowByNatureAreNotNamed() {
        for (int i = 0; i < 100; i++) {
            call(i, "invoker0", 10 + i % 2);
            recorded.add(new ActivationEvent("b" + i, "guest/slow")
                    .source("invoker1")
                    .ran(BEGIN + i * SECOND, 1_000L + i % 2));
        }

        assertThat(recorded.answer("slow-against-rest", "value")).isEmpty();
    }

    @Test
    void aChangeIsFoundWhereItHappened() {
        for (int i = 0; i < 400; i++) {
            call(i, "invoker0", i < 200 ? 10 + i % 3 : 12 + i % 3);
        }

        // 40 windows of ten calls.
        assertThat(recorded.answer(
                        "change-points",
                        "figure, windows, changed_at, n_before, before_share, n_after, after_share, p"))
                .startsWith("above the median of its action 40 2027-01-15T08:03:19Z 200 0.165 200 0.8325 0.0")
                .endsWith("cold 40 null null null null null null", "failed 40 null null null null null null");
    }

    @Test
    void pettittsPIsThatOfTheLargestSumOfRanks() {
        // Twenty windows, in which 3, 1, 2, 1, 3, 2, 2, 1, 3, 2 and then 5, 3, 4, 2, 5, 4, 3, 5, 4, 2 of ten calls
        // fail.
        int[] failed = {3, 1, 2, 1, 3, 2, 2, 1, 3, 2, 5, 3, 4, 2, 5, 4, 3, 5, 4, 2};
        for (int i = 0; i < 200; i++) {
            recorded.add(hello().ran(BEGIN + i * SECOND, 10L).status(i % 10 < failed[i / 10] ? 1 : 0));
        }

        // U is 74 after ten windows: 2 * exp(-6 * 74 * 74 / (20 * 20 * 20 + 20 * 20)).
        assertThat(recorded.answer("change-points", "figure, n_before, before_share, after_share, p"))
                .contains("failed 100 0.2 0.37 0.04");
    }

    @Test
    void windowsCompareCallsWithTheirOwnAction() {
        for (int i = 0; i < 100; i++) {
            String action = i < 50 ? "guest/quick" : "guest/slow";
            recorded.add(new ActivationEvent("a" + i, action).ran(BEGIN + i * SECOND, i < 50 ? 10L : 1_000L));
        }

        assertThat(recorded.answer("trend-by-window", "n, above_median_share"))
                .hasSize(20)
                .containsOnly("5 0.5");
        assertThat(recorded.answer("change-points", "changed_at")).containsOnly("null");
    }

    @Test
    void runsThatGrowSteadilyHaveASlope() {
        for (int i = 0; i < 200; i++) {
            call(36 * i, "invoker0", 100 + i / 10);
        }

        // A millisecond more from window to window, of 358.2 s each.
        assertThat(recorded.answer("drift-by-action", "action, n, windows, first_ms, last_ms, slope_ms_h, fit"))
                .containsExactly("guest/hello 200 20 100.0 119.0 10.1 1.0");
    }

    @Test
    void runsNearTheirLimitAreCountedAlsoWhereOnlyTheEventIsThere() {
        recorded.add(new DocumentBuilder("known", "guest/hello")
                .timeOut(1_000L, false)
                .ran(BEGIN, 10));
        for (long ms : new long[] {700, 800, 960, 1_001, 1_003, 1_004}) {
            recorded.add(hello().ran(BEGIN + ms, ms).status(ms > 1_000 ? 2 : 0).waited(-1L));
        }

        assertThat(recorded.answer(
                        "run-time-against-limit",
                        "n, limit_ms, timed_out, over_80_share, over_95_share, run_ms_max, error_ms, error_n, lost_ms"))
                .containsExactly("7 1000 3 0.7143 0.5714 1004 1000 3 3008");
    }

    @Test
    void whoCallsOftenMeetsTheTail() {
        for (int i = 0; i < 100; i++) {
            call(i, "invoker0", i < 5 ? 1_000 : 10);
        }

        // 1 - 0.95 to the power of 10.
        assertThat(recorded.answer(
                        "tail-amplification", Map.of("calls", "10"), "n, slow_n, slow_share, seen_share, slow_ms"))
                .containsExactly("100 5 0.05 0.4013 4950.0");
    }

    @Test
    void anInvokerIsComparedWithTheSameActionsElsewhere() {
        for (int i = 0; i < 100; i++) {
            call(i, "invoker" + i % 2, i % 2 == 0 ? 10 : 20);
            recorded.add(new ActivationEvent("b" + i, "guest/long")
                    .source("invoker0")
                    .ran(BEGIN + i * SECOND, 9_000L));
        }

        assertThat(recorded.answer("invokers-by-action-mix", "invoker, n, actions, above_median_share, excess_ms"))
                .containsExactlyInAnyOrder("invoker0 50 1 0.0 0.0", "invoker1 50 1 1.0 250.0");
    }

    @Test
    void anInvokerWhoseClockIsBehindIsNamed() {
        for (int i = 0; i < 180; i++) {
            recorded.add(hello().source("invoker" + i % 3)
                    .ran(BEGIN + i * SECOND, 10L)
                    .waited(i % 3 == 2 ? -20L + i % 7 : 5L + i % 7));
        }

        assertThat(recorded.answer("clocks-by-invoker", "invoker, n, least_wait_ms, offset_ms, negative_n"))
                .containsExactly("invoker2 60 -20 -25.0 60", "invoker0 60 5 0.0 0", "invoker1 60 5 0.0 0");
    }

    @Test
    void twoPeaksAreTold() {
        for (int i = 0; i < 100; i++) {
            call(i, "invoker0", i % 2 == 0 ? 10 : 1_000);
        }

        assertThat(recorded.answer("run-time-variability", "n, run_ms_p50, p95_by_p50, two_peaks"))
                .containsExactly("100 505.0 1.98 1.0");
    }

    @Test
    void lostWorkIsCounted() {
        recorded.addMetric("ConcurrentInvocations", "guest", BEGIN, 1);
        recorded.addMetric("ConcurrentInvocations", "guest", BEGIN + 1, 2);
        recorded.addMetric("ConcurrentInvocations", "guest", BEGIN + 2, 3);
        recorded.add(hello().ran(BEGIN + 10, 10L));
        recorded.add(hello().ran(BEGIN + 20, 10L).waited(-3L));
        recorded.add(new DocumentBuilder("a0", "guest/hello").ran(BEGIN + 10, 10));

        assertThat(recorded.answer("doubtful-work", "doubt, n, of_n"))
                .contains(
                        "admitted, completion not seen 1 3",
                        "figures left out: negative_wait 1 2",
                        "events without document 1 2",
                        "documents without event 0 1",
                        "offsets missing from the topic 0 5");
    }

    private void call(int second, String invoker, long durationMs) {
        recorded.add(hello().source(invoker).ran(BEGIN + second * SECOND, durationMs));
    }

    private ActivationEvent hello() {
        return new ActivationEvent("a" + next++, "guest/hello");
    }
}
