package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** A folder of recordings as one thing: {@code analyze} and {@code compare} over runs that labels tell apart. */
final class RunsTest {
    @TempDir
    static Path folder;

    private static String runs;

    /** Two of 64 MB, where everything goes wrong, two of 128 MB, where nothing does, and one whose label another lacks. */
    @BeforeAll
    static void record() {
        runs = folder.resolve("runs").toString();
        record("a", SimulationPlan.ofEverything(), 1, "memory=64");
        record("b", SimulationPlan.calm(), 2, "memory=128");
        record("c", SimulationPlan.ofEverything(), 3, "memory=64");
        record("d", SimulationPlan.calm(), 4, "memory=128", "action=it's \"odd\"");
    }

    private static void record(String name, SimulationPlan plan, long seed, String... labels) {
        Path simulated = folder.resolve(name);
        SimulationRecording.write(simulated, plan.lasting(Duration.ofSeconds(20)), seed);
        String[] merge = new String[4 + 2 * labels.length];
        merge[0] = "merge";
        merge[1] = simulated.toString();
        merge[2] = "-o";
        merge[3] = Path.of(runs, name).toString();
        for (int i = 0; i < labels.length; i++) {
            merge[4 + 2 * i] = "--label";
            merge[5 + 2 * i] = labels[i];
        }
        assertThat(CommandRun.of(merge)).extracting(CommandRun::exitCode).isEqualTo(0);
    }

    @Test
    void hasARowOfFiguresForEach() {
        CommandRun run = CommandRun.of("analyze", runs, "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("recording,action,memory,activations,n,from_time,seconds,response_ms_p50,response_ms_p95");
        assertThat(run.out().lines().skip(1))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("a,,64,"),
                        row -> assertThat(row).startsWith("b,,128,"),
                        row -> assertThat(row).startsWith("c,,64,"),
                        row -> assertThat(row).startsWith("d,\"it's \"\"odd\"\"\",128,"));
    }

    /** What is said of all of them is what is said of each. */
    @Test
    void figuresAreThoseOfEachByItself() {
        String sql = "SELECT * FROM run_figures";
        String all = CommandRun.of("analyze", runs, "--sql", sql + " ORDER BY recording", "--format", "csv")
                .out();

        for (String name : new String[] {"a", "b", "c", "d"}) {
            String alone = CommandRun.of("analyze", Path.of(runs, name).toString(), "--sql", sql, "--format", "csv")
                    .out();
            String figures = alone.lines().skip(1).findFirst().orElseThrow();

            assertThat(all.lines().filter(line -> line.startsWith(name + ",")))
                    .singleElement()
                    .asString()
                    .endsWith(figures);
        }
    }

    /** An activation joins its own event alone, though all of these have the same ids. */
    @Test
    void sqlReadsAllOfThemAtOnce() {
        CommandRun run = CommandRun.of(
                "analyze",
                runs,
                "--sql",
                "SELECT memory, count(DISTINCT recording) AS runs, count(*) AS n, sum(memory) / count(*) AS same,"
                        + " count(label_action) AS odd FROM invocations GROUP BY memory ORDER BY memory",
                "--format",
                "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()
                        .lines()
                        .map(line ->
                                line.replaceAll(",\\d+,(64|128)\\.0,", ",n,$1,").replaceAll("\\d{3,}$", "n")))
                .containsExactly("memory,runs,n,same,odd", "64,2,n,64,0", "128,2,n,128,n");
    }

    @Test
    void tablesAndViewsOfAllAreTogetherThoseOfEach() {
        for (String table :
                new String[] {"events", "activations", "recorded_events", "recorded_activations", "delays"}) {
            long all = count(runs, table);
            long each = 0;
            for (String name : new String[] {"a", "b", "c", "d"}) {
                each += count(Path.of(runs, name).toString(), table);
            }

            assertThat(all).as(table).isEqualTo(each).isPositive();
        }
    }

    private static long count(String recording, String table) {
        CommandRun run =
                CommandRun.of("analyze", recording, "--sql", "SELECT count(*) FROM " + table, "--format", "csv");
        assertThat(run.err()).isEmpty();
        return Long.parseLong(run.out().lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void queriesAnswerForOneAfterTheOther() {
        CommandRun run = CommandRun.of("analyze", runs, "time-by-action", "--format", "csv");
        CommandRun alone = CommandRun.of("analyze", Path.of(runs, "c").toString(), "time-by-action", "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        // The query has a column action itself.
                        .startsWith("recording,label_action,memory,action,"));
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.startsWith("c,"))
                        .map(line -> line.substring("c,,64,".length())))
                .containsExactlyElementsOf(alone.out().lines().skip(1).toList());
    }

    @Test
    void gatesAreOfAllCalls() {
        CommandRun run = CommandRun.of("analyze", runs, "--fail-if", "count(*) > 10 where memory = 64");

        assertThat(run.exitCode()).isEqualTo(10);
        assertThat(run.err()).startsWith("crossed: count(*) > 10 where memory = 64 (");
    }

    @Test
    void comparesThoseWithOneLabelToThoseWithAnother() {
        CommandRun run = CommandRun.of("compare", runs, "memory=64", "memory=128", "--format", "json");
        CommandRun pairs =
                CommandRun.of("compare", runs + "/a", runs + "/b", runs + "/c", runs + "/d", "--format", "json");

        assertThat(run.err()).isEqualTo("The sides differ in their label action too:  and , it's \"odd\"\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(pairs.out());
    }

    @Test
    void sidesOfUnequalSizeAreRefused() {
        CommandRun run = CommandRun.of("compare", runs, "memory=64", "action=it's \"odd\"");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "whisktape compare: 2 recordings have memory=64 and 1 have action=it's \"odd\"; both sides take as"
                                + " many: narrow one down by another label, as in memory=128,concurrency=1\n");
    }

    @Test
    void aLabelThatNoneHasSaysWhichThereAre() {
        CommandRun run = CommandRun.of("compare", runs, "memory=1", "memory=128");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("whisktape compare: no recording there has memory=1; their labels are action=it's \"odd\","
                        + " memory=128|64\n");
    }
}
