package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.Main;
import whisktape.recording.Recording;

class DemoIT {
    @TempDir
    Path folder;

    @Test
    void goesTheWholeWayAndShowsThatNothingChanged() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path target = folder.resolve("demo");
        long start = System.nanoTime();

        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), "demo", "-o", target.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("   $ "))
                        .limit(7))
                .map(line -> line.split(" ")[5])
                .containsExactly("lab", "replay", "record", "verify", "analyze", "replay", "record");
        assertThat(out.toString())
                .contains("   stored 1,014 documents in the database")
                .contains("   whole: 1,923 events and 1,014 activations in 2 segments")
                .containsPattern("   both +single +NULL +795 ")
                .contains("   yes: 1,923 messages, ")
                .contains("whisktape info " + target.resolve("first"));
        assertThat(rows(target.resolve("first"))).isEqualTo(1923 + 1014);
        assertThat(rows(target.resolve("second"))).isEqualTo(1923);
    }

    @Test
    void leavesNoBrokerBehindWhenInterrupted() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (WhisktapeProcess demo = new WhisktapeProcess(
                folder,
                List.of("-Djava.io.tmpdir=" + temporary),
                "demo",
                "-o",
                folder.resolve("demo").toString())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> demo.out().contains("2. "));

            demo.stop();

            assertThat(demo.exitCode()).isEqualTo(130);
            assertThat(demo.out()).doesNotContain("Are they the same?");
            assertThat(temporary.toFile().list()).noneMatch(name -> name.contains("whisktape"));
        }
    }

    private static long rows(Path recording) {
        return Recording.open(recording).segments().stream()
                .mapToLong(segment -> segment.rows())
                .sum();
    }
}
