package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.Main;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

class DemoIT {
    private static final Pattern FOUND = Pattern.compile("(?m)^       (R\\d\\d), .* at stake");
    private static final Pattern PLANTED = Pattern.compile("(?m)^   (R\\d\\d) ");

    @TempDir
    Path folder;

    @Test
    void goesTheWholeWayAndFindsWhatWasPlanted() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path target = folder.resolve("demo");

        int exitCode =
                Main.run(new PrintWriter(out), new PrintWriter(err), "demo", "-o", target.toString(), "--seed", "3");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("   $ "))
                        .limit(6))
                .map(line -> line.split(" ")[5])
                .containsExactly("lab", "record", "verify", "analyze", "replay", "record");
        assertThat(reports(out.toString(), FOUND))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(reports(out.toString(), PLANTED));
        assertThat(out.toString()).contains("the same in both, in the same order");
        assertThat(events(target.resolve("second"))).isPositive().isEqualTo(events(target.resolve("first")));
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
                    .until(() -> demo.out().contains("3. "));

            demo.stop();

            assertThat(demo.exitCode()).isEqualTo(130);
            assertThat(demo.out()).doesNotContain("Are they the same?");
            assertThat(temporary.toFile().list()).noneMatch(name -> name.contains("whisktape"));
        }
    }

    private static List<String> reports(String text, Pattern line) {
        return line.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static long events(Path recording) {
        return Recording.open(recording).segments(Segment.EVENTS).stream()
                .mapToLong(Segment::rows)
                .sum();
    }
}
