package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.lab.SimulatedAction;
import whisktape.lab.SimulatedLoad;
import whisktape.lab.SimulatedNamespace;
import whisktape.lab.SimulatedTarget;
import whisktape.lab.SimulatedTime;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

final class CompareCommandTest {
    private static final String HOSTILE = "shop/<img src=x onerror=alert(1)>|\u001b[31m\n\"'";

    @TempDir
    static Path folder;

    private static String before;
    private static String after;
    private static String empty;

    @BeforeAll
    static void record() {
        before = recording("before", plan(), 1);
        after = recording("after", plan().slowing("shop/pay", 1.4), 2);
        empty = recording("empty", SimulationPlan.empty().lasting(Duration.ofSeconds(1)), 3);
    }

    @Test
    void saysWhatChangedFirst() {
        CommandRun run = CommandRun.of("compare", before, after);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("base    before: ")
                .contains("Within-run: ")
                .containsPattern("CHANGES\n\nmetric .*\n-.*\n(.*worse.*\n)+\nresponse_ms shift: ")
                .containsPattern("\nrun_ms p50  .*shop/pay .* worse\n")
                .containsPattern("\nall, mix of base ");
    }

    @Test
    void aGateIsCrossedByWhatBecameWorse() {
        CommandRun run = CommandRun.of("compare", before, after, "--fail-on-regression");

        assertThat(run.exitCode()).isEqualTo(10);
        assertThat(run.err())
                .contains("crossed: run_ms p50 of shop/pay is worse: ")
                .doesNotContain("kept");
    }

    @Test
    void aGateIsNotCrossedByWhatBecameBetter() {
        CommandRun run = CommandRun.of("compare", after, before, "--fail-on-regression", "--format", "csv");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).startsWith("kept: nothing became worse in ");
        assertThat(run.out())
                .startsWith("action,metric,statistic,n_base,n_new,base,new,change,")
                .contains(",better (within-run),");
    }

    @Test
    void printsTheSameJsonEachTime() {
        CommandRun run = CommandRun.of("compare", before, after, "--json", "--seed", "7");

        assertThat(run.out())
                .startsWith("{\"tool\":")
                .contains("\"seed\":7,", "\"within_run\":true", "\"regression\":true", "\"p_adjusted\":");
        assertThat(CommandRun.of("compare", before, after, "--format", "json", "--seed", "7"))
                .isEqualTo(run);
        assertThat(CommandRun.of("compare", before, after, "--json").out()).contains("\"seed\":1,");
    }

    @Test
    void hostileNamesAreText() {
        assertThat(CommandRun.of("compare", before, after).out()).doesNotContain("\u001b");
        assertThat(CommandRun.of("compare", before, after, "--format", "markdown")
                        .out())
                .startsWith("# What changed\n")
                .contains("| shop/&lt;img src=x onerror=alert(1)>\\|\\\\u001b\\[31m\\\\n\"' |")
                .doesNotContain("<img");
    }

    @Test
    void recordingsComeInPairs() {
        assertThat(CommandRun.of("compare").err())
                .startsWith("whisktape compare: recordings come in pairs, BASE NEW or BASE NEW BASE2 NEW2, and this"
                        + " is 0\n");
        CommandRun three = CommandRun.of("compare", before, after, empty);
        assertThat(three.exitCode()).isEqualTo(2);
        assertThat(three.err()).contains("and this is 3\n");
    }

    @Test
    void aRecordingIsNotComparedWithItself() {
        CommandRun run = CommandRun.of("compare", before, before + "/../before");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is named twice; ");
    }

    @Test
    void aRecordingWithoutCallsIsAFailure() {
        CommandRun run = CommandRun.of("compare", before, empty);

        assertThat(run)
                .isEqualTo(new CommandRun(
                        1,
                        "",
                        "whisktape compare: there is nothing to compare in empty: it has no activation whose figures"
                                + " count; whisktape analyze says what is in it\n"));
    }

    @Test
    void aGateIsCrossedByARecordingWithoutCalls() {
        CommandRun run = CommandRun.of("compare", before, empty, "--fail-on-regression");

        assertThat(run.exitCode()).isEqualTo(10);
        assertThat(run.err()).startsWith("crossed: there is nothing to compare in empty");
    }

    @Test
    void aFolderThatIsNoRecordingIsAFailure() {
        CommandRun run = CommandRun.of("compare", before, folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("whisktape compare: cannot open the recording ");
    }

    /** The document shows parts of what is printed, in this order. */
    @Test
    void theDocumentShowsWhatIsPrinted() throws IOException {
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(4));
        String base = recording("doc/before", plan, 1);
        String now = recording("doc/after", plan.slowing("shop/checkout", 1.2), 2);
        Iterator<String> printed =
                CommandRun.of("compare", base, now).out().lines().iterator();

        List<String> shown = Files.readString(Path.of("docs/compare.md"))
                .replaceFirst("(?s).*\n```console\n\\$ ./whisktape compare before after\n(.*?)```.*", "$1")
                .lines()
                .filter(line -> !line.equals("…"))
                .toList();

        assertThat(shown).hasSizeGreaterThan(20);
        for (String line : shown) {
            boolean isFound = false;
            while (!isFound && printed.hasNext()) {
                isFound = printed.next().equals(line);
            }
            assertThat(isFound).as(line).isTrue();
        }
    }

    private static SimulationPlan plan() {
        return SimulationPlan.empty()
                .lasting(Duration.ofSeconds(30))
                .with(SimulatedNamespace.of("shop"))
                .with(SimulatedAction.primitive("shop/pay", SimulatedTime.lognormal(100, 0.2)))
                .with(SimulatedAction.primitive(HOSTILE, SimulatedTime.lognormal(30, 0.2)))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("shop", "shop/pay"), 6))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("shop", HOSTILE), 4));
    }

    private static String recording(String name, SimulationPlan plan, long seed) {
        Path recording = folder.resolve(name);
        SimulationRecording.write(recording, plan, seed);
        return recording.toString();
    }
}
