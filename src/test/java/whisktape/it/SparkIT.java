package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.QueryFixture;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** Spark and DuckDB give the same rows, and a user gets them from Spark as from DuckDB. Spark is that of {@code src/test/spark/pom.xml}. */
final class SparkIT {
    private static final Path SAMPLE = Path.of("recordings/sample");

    @TempDir
    static Path folder;

    @BeforeAll
    static void requireSpark() {
        Real.require("Spark; mvn -f src/test/spark package puts it into target/spark", Files.isDirectory(Spark.JARS));
    }

    @Test
    void everyQueryGivesTheSameRowsAndTheSameFindings() throws Exception {
        Path simulated = folder.resolve("simulated");
        SimulationRecording.write(simulated, SimulationPlan.ofEverything().lasting(Duration.ofMinutes(2)), 3);
        List<String> recordings = List.of(
                SAMPLE.toString(),
                SampleRecording.into(folder.resolve("main")).toString(),
                SampleRecording.interruptedInto(folder.resolve("interrupted")).toString(),
                QueryFixture.withDocuments(folder.resolve("fixture")).folder().toString(),
                QueryFixture.ofAbsurdNumbers(folder.resolve("absurd")).folder().toString(),
                simulated.toString());

        String found = Spark.run(EnginesSideBySide.class, folder, recordings);

        assertThat(found.lines())
                .hasSameSizeAs(recordings)
                .allSatisfy(line -> assertThat(line).endsWith(" 0 of them different"));
    }
}
