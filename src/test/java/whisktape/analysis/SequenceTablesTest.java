package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DocumentBuilder;

/** The tables about sequences, their parts, and triggers. */
final class SequenceTablesTest {
    private static final long BEGIN = 1_800_000_000_000L;

    @TempDir
    private Path temp;

    private RecordedCalls recorded;

    @BeforeEach
    void record() {
        recorded = new RecordedCalls(temp);
    }

    @Test
    void overheadIsTheLengthLessTheParts() {
        recorded.add(sequence("s", 0, 300, 200));

        assertThat(recorded.answer("sequences", "sequence, n, total_ms, overhead_share, overhead_ms_p50"))
                .containsExactly("guest/chain 1 300 0.333 null");
    }

    @Test
    void chainsThatGoColdTogetherAreColdAsOftenAsOnePart() {
        for (int i = 0; i < 4; i++) {
            long from = i * 1_000;
            String id = "s" + i;
            recorded.add(sequence(id, from, from + 500, 200));
            recorded.add(
                    step(id + "a", "guest/one", id).ran(BEGIN + from + 100, 100).initialised(i == 0 ? 50L : null));
            recorded.add(
                    step(id + "b", "guest/two", id).ran(BEGIN + from + 300, 100).initialised(i == 0 ? 50L : null));
        }

        // 1 - 3/4 * 3/4, were they independent.
        assertThat(recorded.answer("sequences", "n, cold_any_share, cold_chance_share"))
                .containsExactly("4 0.25 0.4375");
    }

    @Test
    void stepsStandInTheOrderInWhichTheyCame() {
        recorded.add(sequence("s", 0, 500, 200));
        recorded.add(step("1", "guest/two", "s").ran(BEGIN + 400, 150).waited(10L));
        recorded.add(step("2", "guest/one", "s")
                .ran(BEGIN + 100, 50)
                .initialised(20L)
                .waited(30L));

        assertThat(recorded.answer("steps-by-sequence", "sequence, step, action, n, cold_share, total_ms, step_share"))
                .containsExactly("guest/chain 1 guest/one 1 1.0 80 0.3333", "guest/chain 2 guest/two 1 0.0 160 0.6667");
    }

    @Test
    void aStepThatCannotBeMeasuredKeepsItsPlace() {
        recorded.add(sequence("s", 0, 500, 200));
        recorded.add(step("1", "guest/one", "s").ran(BEGIN + 100, 0).status(3).waited(20L));
        recorded.add(step("2", "guest/two", "s").ran(BEGIN + 400, 150).waited(10L));

        assertThat(recorded.answer("steps-by-sequence", "step, action")).containsExactly("2 guest/two");
    }

    @Test
    void anInnerSequenceIsOneStepAndItsStepsLieOnThePathOfTheOuterOne() {
        nested();

        assertThat(recorded.answer("steps-by-sequence", "sequence, step, action, total_ms"))
                .containsExactly(
                        "guest/outer 1 guest/one 100", "guest/outer 2 guest/inner 150", "guest/inner 1 guest/two 100");
        assertThat(recorded.answer("critical-path-by-sequence", "sequence, action, part, n, total_ms, path_share"))
                .containsExactly(
                        "guest/outer between steps between 1 800 0.8",
                        "guest/outer guest/one run 1 90 0.09",
                        "guest/outer guest/two run 1 50 0.05",
                        "guest/outer guest/two init 1 30 0.03",
                        "guest/outer guest/two wait 1 20 0.02",
                        "guest/outer guest/one wait 1 10 0.01");
    }

    @Test
    void aWaitThatClocksMadeNegativeLeavesTheRunOnThePath() {
        recorded.add(sequence("s", 0, 200, 150));
        recorded.add(step("1", "guest/one", "s").ran(BEGIN + 190, 150).waited(-5L));

        assertThat(recorded.answer("critical-path-by-sequence", "action, part, total_ms"))
                .containsExactly("guest/one run 150", "between steps between 50", "guest/one wait 0");
    }

    @Test
    void aFireStartsWhatItsRulesSay() {
        recorded.add(new DocumentBuilder("t", "guest/tick").trigger(BEGIN, "a", "b", null));
        recorded.add(new DocumentBuilder("a", "guest/one").ran(BEGIN + 120, 100));
        recorded.add(new DocumentBuilder("b", "guest/two").ran(BEGIN + 250, 200));

        assertThat(recorded.answer("trigger-fan-out", "trigger, fires, rules, failed_rules, failed_share, n, total_ms"))
                .containsExactly("guest/tick 1 3 1 0.3333 1 320");
    }

    @Test
    void delaysOfAFireAreThoseOfItsFirstAndItsLastStart() {
        for (int i = 0; i < 6; i++) {
            long fired = BEGIN + i * 10_000;
            recorded.add(new DocumentBuilder("t" + i, "guest/tick").trigger(fired, "a" + i, "b" + i));
            recorded.add(new DocumentBuilder("a" + i, "guest/one").ran(fired + 120, 100));
            recorded.add(new DocumentBuilder("b" + i, "guest/two").ran(fired + 250, 200));
        }

        assertThat(recorded.answer("trigger-fan-out", "fires, n, first_ms_p50, last_ms_p50, last_ms_p95"))
                .containsExactly("6 6 20.0 50.0 null");
    }

    @Test
    void namesInRulesCannotPassForRules() {
        String name = "guest/a\",\"activation_id\":\"b\"},{\"rule\":\"";
        recorded.add(new DocumentBuilder("t", name).trigger(BEGIN, "a"));
        recorded.add(new DocumentBuilder("a", "guest/one").ran(BEGIN + 120, 100));

        assertThat(recorded.answer("trigger-fan-out", "fires, rules, failed_rules, n"))
                .containsExactly("1 1 0 1");
    }

    /** An outer sequence of a second, in which one step and an inner sequence of one step take 200 ms. */
    private void nested() {
        recorded.add(new DocumentBuilder("o", "guest/outer")
                .sequence(BEGIN, BEGIN + 1_000, 170, "1", "i")
                .waited(2L));
        recorded.add(step("1", "guest/one", "o").ran(BEGIN + 200, 90).waited(10L));
        recorded.add(new DocumentBuilder("i", "guest/inner")
                .sequence(BEGIN + 300, BEGIN + 450, 80, "2")
                .partOf("o")
                .waited(0L));
        recorded.add(step("2", "guest/two", "i")
                .ran(BEGIN + 440, 80)
                .initialised(30L)
                .waited(20L));
    }

    private static DocumentBuilder sequence(String id, long fromMs, long untilMs, long durationMs) {
        return new DocumentBuilder(id, "guest/chain").sequence(BEGIN + fromMs, BEGIN + untilMs, durationMs, id + "x");
    }

    private static DocumentBuilder step(String id, String action, String sequence) {
        return new DocumentBuilder(id, action).partOf(sequence);
    }
}
