package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ShellCommand;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** Spark and DuckDB give the same rows, and a user gets them from Spark as from DuckDB. Spark is that of {@code src/test/spark/pom.xml}. */
final class SparkIT {
    private static final Path SAMPLE = Path.of("recordings/sample").toAbsolutePath();
    private static final Path SPARK_HOME = Path.of("src/test/spark").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path release;

    @BeforeAll
    static void unpack() throws Exception {
        Real.require("Spark; mvn -f src/test/spark package puts it into target/spark", Files.isDirectory(Spark.JARS));
        release = UnpackedRelease.in(folder);
    }

    @Test
    void everyQueryGivesTheSameRowsAndTheSameFindings() throws Exception {
        Path simulated = folder.resolve("simulated");
        SimulationRecording.write(simulated, SimulationPlan.ofEverything().lasting(Duration.ofMinutes(1)), 3);
        List<String> recordings = new ArrayList<>(List.of(
                SampleRecording.interruptedInto(folder.resolve("interrupted")).toString(), simulated.toString()));
        // Spark takes more than a minute of processor time for the questions of each, however small.
        if (Boolean.getBoolean("all")) {
            recordings.add(SAMPLE.toString());
        }

        String found = Spark.run(EnginesSideBySide.class, folder, recordings);

        assertThat(found.lines().toList())
                .as(found)
                .hasSize(recordings.size() + 1)
                .allSatisfy(line -> assertThat(line).endsWith(", 0 of them different"));
    }

    @Test
    void onlyReads() throws Exception {
        String found = Spark.run(SparkRefusals.class, folder, List.of(SAMPLE.toString(), folder.toString()));

        assertThat(found).isEqualTo(SparkRefusals.EXPECTED);
    }

    /** To the last byte, with Spark's own settings, from a release in which there is nothing of Spark. */
    @Test
    void findingsAreThoseOfDuckDb() throws Exception {
        ShellCommand.Result spark =
                whisktape("analyze", SAMPLE, "--findings", "--json", "--engine", "spark", "--master", "local[2]");
        ShellCommand.Result duckdb = whisktape("analyze", SAMPLE, "--findings", "--json");

        assertThat(spark.exitCode()).as(spark.err()).isZero();
        assertThat(spark.out()).isEqualTo(duckdb.out());
        try (var libraries = Files.list(release.resolve("lib"))) {
            assertThat(libraries.map(Path::toString)).noneMatch(name -> name.contains("spark"));
        }
    }

    @Test
    void sparkSubmitTakesTheJar() throws Exception {
        ShellCommand.Result submitted = ShellCommand.of(
                        SPARK_HOME.resolve("bin/spark-submit"),
                        "--master",
                        "local[1]",
                        "--class",
                        "whisktape.cli.Main",
                        release.resolve("whisktape.jar"),
                        "analyze",
                        SAMPLE,
                        "--fail-if",
                        "count(*) > 1000",
                        "events-by-minute",
                        "--format",
                        "csv")
                .in(folder)
                .run();

        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        assertThat(submitted.out())
                .isEqualTo(whisktape("analyze", SAMPLE, "events-by-minute", "--format", "csv")
                        .out());
        assertThat(submitted.err()).contains("kept: count(*) > 1000 (947 of 947 rows)");
    }

    @Test
    void withoutASparkItSaysWhereToGetOne() throws Exception {
        ShellCommand.Result run = ShellCommand.of(release.resolve("whisktape"), "analyze", SAMPLE, "--engine", "spark")
                .withOnly(Map.of("PATH", "/usr/bin:/bin", "SPARK_HOME", folder.toString()))
                .run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("whisktape analyze: --engine spark runs spark-submit, and there is none in " + folder
                        + "/bin; unpack Apache Spark 4 from https://spark.apache.org/downloads.html and set SPARK_HOME to its"
                        + " folder, or leave --engine away, which needs nothing\n");
    }

    private static ShellCommand.Result whisktape(Object... arguments) throws Exception {
        Object[] command = new Object[arguments.length + 1];
        command[0] = release.resolve("whisktape");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return ShellCommand.of(command)
                .withOnly(Map.of(
                        "PATH", System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "SPARK_HOME", SPARK_HOME.toString()))
                .run();
    }
}
