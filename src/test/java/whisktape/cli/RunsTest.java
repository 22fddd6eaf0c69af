package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** One of 64 MB and two of 128 MB, of which one has a label that the others lack. */
    @BeforeAll
    static void record() {
        runs = folder.resolve("runs").toString();
        record("a", 1, "memory=64");
        record("b", 2, "memory=128");
        record("c", 3, "memory=128", "action=it's \"odd\"");
    }

    private static void record(String name, long seed, String... labels) {
        record(name, Path.of(runs, name), seed, labels);
    }

    private static void record(String name, Path to, long seed, String... labels) {
        Path simulated = folder.resolve(name);
        Path lines = folder.resolve(name + ".ndjson");
        SimulationRecording.write(simulated, SimulationPlan.ofEverything().lasting(Duration.ofSeconds(20)), seed);
        run("export", simulated.toString(), "ndjson", "-o", lines.toString());
        List<String> command = new ArrayList<>(List.of("import", "--ndjson", lines.toString(), "-o", to.toString()));
        for (String label : labels) {
            command.addAll(List.of("--label", label));
        }
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void hasARowOfFiguresForEach() {
        CommandRun run = CommandRun.of("analyze", runs, "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("recording,action,memory,activations,n,from_time,seconds,response_ms_p50,response_ms_p95");
        assertThat(run.out().lines().skip(1))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("a,,64,"),
                        row -> assertThat(row).startsWith("b,,128,"),
                        row -> assertThat(row).startsWith("c,\"it's \"\"odd\"\"\",128,"));
    }

    /** What is said of all of them is what is said of each. */
    @Test
    void figuresAreThoseOfEachByItself() {
        String sql = "SELECT * FROM run_figures";
        String all = CommandRun.of("analyze", runs, "--sql", sql + " ORDER BY recording", "--format", "csv")
                .out();

        for (String name : new String[] {"a", "b", "c"}) {
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
                .containsExactly("memory,runs,n,same,odd", "64,1,n,64,0", "128,2,n,128,n");
    }

    @Test
    void tablesAndViewsOfAllAreTogetherThoseOfEach() {
        for (String table : new String[] {"events", "activations", "recorded_events", "recorded_activations"}) {
            long all = count(runs, table);
            long each = 0;
            for (String name : new String[] {"a", "b", "c"}) {
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
        CommandRun alone = CommandRun.of("analyze", Path.of(runs, "b").toString(), "time-by-action", "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        // The query has a column action itself.
                        .startsWith("recording,label_action,memory,action,"));
        assertThat(run.out()
                        .lines()
                        .filter(line -> line.startsWith("b,"))
                        .map(line -> line.substring("b,,128,".length())))
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
        CommandRun run =
                CommandRun.of("compare", runs, "memory=64", "memory=128,action=it's \"odd\"", "--format", "json");
        CommandRun pair = CommandRun.of("compare", runs + "/a", runs + "/c", "--format", "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(pair.out());
    }

    @Test
    void sidesOfUnequalSizeAreRefused() {
        CommandRun run = CommandRun.of("compare", runs, "memory=128", "memory=64");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "whisktape compare: 2 recordings have memory=128 and 1 have memory=64; both sides take as many: narrow"
                                + " one down by another label, as in memory=128,concurrency=1\n");
    }

    @Test
    void aLabelThatNoneHasSaysWhichThereAre() {
        CommandRun run = CommandRun.of("compare", runs, "memory=1", "memory=128");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("whisktape compare: no recording there has memory=1; their labels are action=it's \"odd\","
                        + " memory=128|64\n");
    }

    @Test
    void leavesOutNoRunWithoutAWord(@TempDir Path some) throws IOException {
        record("d", some.resolve("d"), 4);
        record("e", some.resolve("e"), 5);
        Files.delete(some.resolve("e").resolve("recording.json"));

        CommandRun run = CommandRun.of("analyze", some.toString());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("/e: there is no recording.json in it", "verify --repair");
    }
}
