package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ActivationEvent;

/** The tables about containers: cold starts, what they cost, and how long containers are kept. */
final class StartTablesTest {
    private static final long BEGIN = 1_800_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    @TempDir
    private Path temp;

    private RecordedCalls recorded;
    private int next;

    @BeforeEach
    void record() {
        recorded = new RecordedCalls(temp);
    }

    @Test
    void coldStartsHaveAnIntervalThatKnowsHowManyThereWere() {
        for (int i = 0; i < 10; i++) {
            call(i * SECOND, i == 0 ? 400 : 10, i == 0 ? 100 : 0, 50);
        }

        // Wilson's interval of 1 of 10.
        assertThat(recorded.answer("cold-start-rate-by-action", "n, cold_starts, cold_share, low_share, high_share"))
                .containsExactly("10 1 0.1 0.0179 0.4042");
    }

    @Test
    void whatColdStartsTakeIsWhatIsBeyondTheWarmMedian() {
        for (int i = 0; i < 9; i++) {
            call(i * SECOND, 10, 0, i == 0 ? 150 : 50);
        }
        call(10 * SECOND, 400, 100, 50);

        // Warm calls respond in 60 ms, one of them in 160; the cold one in 550.
        assertThat(recorded.answer("cold-start-rate-by-action", "excess_ms, excess_share"))
                .containsExactly("490.0 0.831");
    }

    @Test
    void aColdStartCostsItsContainerAndItsInitialisation() {
        for (int i = 0; i < 6; i++) {
            call(i * SECOND, 10, 0, 50);
            call(i * SECOND + 500, i == 0 ? 20 : 410, 100 + i, 50);
        }

        assertThat(recorded.answer(
                        "cold-penalty-by-action",
                        "n, warm_n, container_ms, init_ms, penalty_ms, total_ms, prewarmed_share, init_ms_p95"))
                .containsExactly("6 6 400.0 102.5 502.5 3015.0 0.167 null");
    }

    @Test
    void coldStartsJumpBehindTheIdleLimit() {
        long end = call(0, 400, 100, 50);
        end = callAfter(end, 5 * SECOND, 0);
        end = callAfter(end, 2 * MINUTE, 0);
        callAfter(end, 12 * MINUTE, 100);

        assertThat(recorded.answer("cold-starts-by-gap", "gap, n, cold_starts, first_gap_ms"))
                .containsExactly(
                        "1 to 8 s 1 0 5000", "1 to 5 min 1 0 120000", "11 to 20 min 1 1 720000", "first call 1 1 null");
    }

    @Test
    void otherIdleLimitsTradeColdStartsForMemory() {
        long end = call(0, 400, 100, 50);
        end = callAfter(end, 5 * SECOND, 0);
        end = callAfter(end, 2 * MINUTE, 0);
        callAfter(end, 12 * MINUTE, 100);

        // A quarter of a GB for 5 + 60 + 60, 5 + 120 + 600, 5 + 120 + 720 seconds.
        assertThat(recorded.answer("cold-starts-by-idle-limit", "idle_limit, cold_starts, change, idle_gb_s"))
                .contains("as observed 2 0 181.3", "1 min 3 1 31.3", "10 min 2 0 181.3", "20 min 1 -1 211.3");
    }

    @Test
    void coldStartsOfCallsAtTheSameTimeStayWithAnyIdleLimit() {
        call(0, 400, 100, 5_000);
        call(SECOND, 400, 100, 50);

        assertThat(recorded.answer("cold-starts-by-gap", "gap, cold_starts"))
                .containsExactly("in use 1", "first call 1");
        assertThat(recorded.answer("cold-starts-by-idle-limit", "idle_limit, change"))
                .contains("1 min 0", "60 min 0");
    }

    @Test
    void wakingAPausedContainerIsWhatLaterCallsWaitLonger() {
        long end = call(0, 400, 100, 50);
        for (int i = 0; i < 6; i++) {
            end = call(end - BEGIN + SECOND, 10, 0, 50);
            end = call(end - BEGIN + 20 * SECOND, 210 + i, 0, 50);
        }

        assertThat(recorded.answer(
                        "wait-by-pause",
                        "action, soon_n, soon_wait_ms_p50, later_n, later_wait_ms_p50, pause_ms, total_ms"))
                .containsExactly("all actions 6 10.0 6 212.5 202.5 1215.0", "guest/hello 6 10.0 6 212.5 202.5 1215.0");
    }

    @Test
    void actionsThatStartColdRightBehindEachOtherAreAPair() {
        for (int i = 0; i < 3; i++) {
            cold("guest/one", i * 20 * SECOND);
            cold("guest/other", i * 20 * SECOND + 10 * SECOND);
        }

        // The first start of each is not early, and the first of all follows none.
        assertThat(recorded.answer("thrash-pairs", "invoker, action, after_action, n, back_n, lost_ms"))
                .containsExactly(
                        "invoker0 guest/one guest/other 2 2 200.0", "invoker0 guest/other guest/one 2 2 200.0");
        assertThat(recorded.answer("thrash-pairs", Map.of("idle_limit_ms", "5000"), "n"))
                .isEmpty();
    }

    @Test
    void containersAreKeptUntilTheNextCallOrTheIdleLimit() {
        recorded.add(hello("a").ran(BEGIN, SECOND).memory(1024));
        recorded.add(hello("b").ran(BEGIN + 10 * SECOND, SECOND).waited(0L).memory(1024));
        recorded.add(hello("c")
                .ran(BEGIN + 20 * MINUTE + 11 * SECOND, SECOND)
                .waited(0L)
                .memory(1024));

        // Used for 3 s; kept for 9 s, and for 10 of 20 minutes.
        assertThat(recorded.answer(
                        "idle-and-reserve", "action, n, containers, used_min, idle_min, used_share, idle_gb_s, lost_n"))
                .containsExactly("guest/hello 3 1 0.05 10.15 0.0049 609.0 1");
    }

    private void cold(String action, long afterMs) {
        recorded.add(new ActivationEvent("a" + next++, action)
                .ran(BEGIN + afterMs, 150L)
                .initialised(100L)
                .waited(400L));
    }

    /** A call that arrived this long after the beginning; when it ended. */
    private long call(long afterMs, long waitMs, long initMs, long runMs) {
        long end = BEGIN + afterMs + waitMs + initMs + runMs;
        recorded.add(
                hello("a" + next++).ran(end, initMs + runMs).initialised(initMs).waited(waitMs));
        return end;
    }

    private long callAfter(long end, long gapMs, long initMs) {
        return call(end - BEGIN + gapMs, 10, initMs, 50);
    }

    private static ActivationEvent hello(String id) {
        return new ActivationEvent(id, "guest/hello");
    }
}
