package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ActivationEvent;
import whisktape.DocumentBuilder;

/** The tables about load: how much came, ran and waited at the same time. */
final class LoadTablesTest {
    /** The beginning of a minute. */
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
    void waitingThatGrowsWithTheLoadHasAKnee() {
        for (int i = 0; i < 60; i++) {
            arrive("guest/quick", i * SECOND, 10, 50);
        }
        for (int i = 0; i < 10; i++) {
            arrive("guest/long", 100 * SECOND, 10, 100 * SECOND);
        }
        for (int i = 0; i < 60; i++) {
            arrive("guest/quick", (101 + i) * SECOND, 40, 50);
        }

        assertThat(recorded.answer(
                        "wait-by-load", "in_flight_from, in_flight_until, n, wait_ms_p95, long_share, is_knee"))
                .containsExactly("0 0 70 10.0 0.0 false", "10 10 60 40.0 0.0 true");
    }

    @Test
    void aCallThatWaitedForAnInitialisationSaysNothingAboutTheLoad() {
        recorded.add(new DocumentBuilder("known", "guest/wide").concurrency(5).ran(BEGIN - 60_000, 10));
        recorded.add(new ActivationEvent("cold", "guest/wide").ran(BEGIN, 500L).initialised(300L));
        recorded.add(new ActivationEvent("during", "guest/wide")
                .ran(BEGIN + 10, 100L)
                .waited(250L));

        assertThat(recorded.answer("wait-by-load", "n")).containsExactly("1");
        assertThat(recorded.answer("warm-wait-by-action", "action, n, wait_ms_max"))
                .containsExactly("guest/wide 1 10");
    }

    @Test
    void aCallCountsInEachSecondForAsLongAsItRanThere() {
        run(0, 1_500);
        run(1_000, 1_999);

        assertThat(recorded.answer(
                        "concurrency-by-invoker",
                        "invoker, n, running_mean, running_max, memory_mb_mean, memory_mb_max, full_share"))
                .containsExactly("all invokers 2 1.25 1.5 320.0 384.0 0.5", "invoker0 2 1.25 1.5 320.0 384.0 0.5");
    }

    @Test
    void secondsInWhichNothingChangesCountToo() {
        run(500, 9_500);
        run(20_000, 20_999);

        // 9 s and 1 s, in 21 s.
        assertThat(recorded.answer(
                        "concurrency-by-invoker", Map.of("pool_mb", "256"), "running_mean, pool_mb, full_share"))
                .containsExactly("0.48 256.0 0.4286", "0.48 256.0 0.4286");
    }

    @Test
    void runsOnAnInvokerWhoseClockIsBehindHoldMemoryAllTheSame() {
        recorded.add(
                new ActivationEvent("a", "guest/hello").ran(BEGIN + 999, 999L).waited(-5L));

        assertThat(recorded.answer("concurrency-by-invoker", "invoker, n, running_max"))
                .containsExactly("all invokers 1 1.0", "invoker0 1 1.0");
    }

    @Test
    void neighbouringSecondsAreOneBurst() {
        for (int second = 0; second < 60; second++) {
            int calls = second == 30 ? 21 : second == 31 ? 11 : 1;
            for (int i = 0; i < calls; i++) {
                arrive("guest/hello", second * SECOND, 10, 20);
            }
        }
        recorded.addMetric("ConcurrentRateLimit", "guest", BEGIN + 31 * SECOND, 1);
        recorded.addMetric("ConcurrentRateLimit", "alice", BEGIN + 31 * SECOND, 1);
        recorded.addMetric("ConcurrentRateLimit", "guest", BEGIN + 32 * SECOND, 1);

        assertThat(recorded.answer(
                        "bursts", "began, seconds, namespace, n, peak_per_s, mean_per_s, wait_ms_p50, refused"))
                .containsExactly("2027-01-15T08:00:30Z 2 guest 32 21 1.5 10.0 1");
    }

    @Test
    void dispersionTellsBurstsFromChance() {
        for (int second = 0; second < 60; second++) {
            int calls = second == 30 ? 21 : second == 31 ? 11 : 1;
            for (int i = 0; i < calls; i++) {
                arrive("guest/hello", second * SECOND, 10, 20);
            }
            arrive("alice/timer", second * SECOND, 10, 20);
        }

        // Guest: 90 calls in 60 s, whose squares by second add up to 620: (620 - 90 * 90 / 60) / 59 / 1.5.
        assertThat(recorded.answer(
                        "arrivals-by-namespace", "namespace, n, mean_per_s, peak_per_s, dispersion, pattern"))
                .containsExactly(
                        "all namespaces 150 2.5 22 3.29 bursts",
                        "guest 90 1.5 21 5.48 bursts",
                        "alice 60 1.0 1 0.0 even");
    }

    @Test
    void partsOfSequencesAreNoArrivals() {
        recorded.add(new ActivationEvent("a", "guest/step").component().ran(BEGIN, 10L));
        recorded.add(new ActivationEvent("b", "guest/chain").sequence().ran(BEGIN, 10L));

        assertThat(recorded.answer("arrivals-by-namespace", "namespace, n"))
                .containsExactly("all namespaces 1", "guest 1");
    }

    @Test
    void refusedCallsStandBesideThoseThatWereAdmitted() {
        for (int i = 0; i < 6; i++) {
            arrive("guest/hello", i * SECOND, 10, 20);
        }
        arrive("guest/hello", 90 * SECOND, 10, 20);
        recorded.addMetric("TimedRateLimit", "guest", BEGIN + SECOND, 1);
        recorded.addMetric("TimedRateLimit", "guest", BEGIN + 2 * SECOND, 1);
        recorded.addMetric("TimedRateLimit", "guest", BEGIN + 61 * SECOND, 1);
        recorded.addMetric("TimedRateLimit", "guest", Long.MAX_VALUE, 1);

        assertThat(
                        recorded.answer(
                                "throttles-by-namespace",
                                "namespace, limit_name, refused, admitted, refused_share, worst_minute, worst_refused, worst_refused_share"))
                .containsExactly("guest TimedRateLimit 4 7 0.3636 2027-01-15T08:00:00Z 2 0.25");
    }

    @Test
    void aNamespaceThatIsBusyWhenOthersAreSlowCorrelates() {
        for (int ten = 0; ten < 20; ten++) {
            boolean isBusy = ten % 5 == 0;
            for (int i = 0; i < 10; i++) {
                arrive("guest/hello", ten * 10 * SECOND + 500 * i, 10, isBusy && i < 2 ? 900 : 20);
            }
            arrive("alice/heavy", ten * 10 * SECOND, 10, isBusy ? 5_000 : 10);
        }

        // Guest's p95 of 200 runs lies between its 8 slow ones and the rest: slow are 2 of 10 in each busy window.
        assertThat(
                        recorded.answer(
                                "namespaces-by-rate",
                                "namespace, windows, correlation, others_slow_share, others_slow_when_busy_share, others_n_when_busy"))
                .contains("alice 20 1.0 0.04 0.2 30");
    }

    /** A warm call that came this long after the beginning, waited, and ran. */
    private void arrive(String action, long afterMs, long waitMs, long durationMs) {
        recorded.add(new ActivationEvent(id(), action)
                .ran(BEGIN + afterMs + waitMs + durationMs, durationMs)
                .waited(waitMs));
    }

    /** A call that ran from here to there after the beginning. */
    private void run(long fromMs, long untilMs) {
        recorded.add(new ActivationEvent(id(), "guest/hello").ran(BEGIN + untilMs, untilMs - fromMs));
    }

    private String id() {
        return "a" + next++;
    }
}
