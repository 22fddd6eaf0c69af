package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.lab.SimulationConditions;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

class ExportOpenmetricsCommandTest {
    @TempDir
    static Path shared;

    private static Path recording;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeRecording() {
        recording = shared.resolve("run");
        SimulationRecording.write(
                recording,
                SimulationPlan.calm()
                        .under(SimulationConditions.CLEAN.withoutDocuments())
                        .lasting(Duration.ofMinutes(3)),
                1);
    }

    @Test
    void saysWhatItWroteAndHowToGoOn() throws IOException {
        Path file = folder.resolve("it's.om");

        CommandRun run = export("-o", file.toString(), "--resolution", "30s");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        String shown = "'" + file.toString().replace("'", "'\\''") + "'";
        assertThat(run.err())
                .matches(
                        "(?s)[\\d,]+ samples of [\\d,]+ series, from 2026-03-14T09:02:00Z to 2026-03-14T09:0\\S+Z, are in .*")
                .endsWith("""
                        To look at it in Prometheus:
                          promtool tsdb create-blocks-from openmetrics --max-block-duration=720h %s data
                          prometheus --config.file=/dev/null --storage.tsdb.path=data --storage.tsdb.retention.time=100y
                        """.formatted(shown));
        assertThat(lines(file))
                .endsWith("# EOF")
                .anyMatch(line -> line.matches(
                        "openwhisk_action_status\\{.*,instance=\"run\",job=\"openwhisk\"} [1-9]\\d* 17734789[25]0"));
    }

    @Test
    void standardOutputIsTheSameText() throws IOException {
        Path file = folder.resolve("run.om");
        Path packed = folder.resolve("run.om.gz");
        export("-o", file.toString(), "-q");
        export("-o", packed.toString());

        CommandRun run = export("-o", "-");

        assertThat(run.out()).isEqualTo(Files.readString(file));
        assertThat(run.err()).doesNotContain("promtool");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void labelsCanBeAddedAndReplaced() throws IOException {
        Path file = folder.resolve("run.om");

        export("-o", file.toString(), "--label", "instance=user-events:9095", "--label", "region=eu", "--improved");

        assertThat(lines(file).stream()
                        .filter(line -> line.startsWith("openwhisk_action_activations_total"))
                        .findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .contains(
                                ",invoker=\"invoker",
                                ",cold=\"",
                                ",instance=\"user-events:9095\",job=\"openwhisk\",region=\"eu\"}"));
    }

    @Test
    void aWindowIsInTheMiddleOfTheCounting() throws IOException {
        Path whole = folder.resolve("whole.om");
        Path window = folder.resolve("window.om");
        export("-o", whole.toString());

        export("-o", window.toString(), "--from", "2026-03-14T09:02:30Z", "--until", "2026-03-14T09:02:46Z");

        assertThat(lines(window).stream().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 1773478950") || line.endsWith(" 1773478965"))
                .isSubsetOf(lines(whole));
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertRefused("label action", "--label", "action=x");
        assertRefused("--resolution takes 1ms or more", "--resolution", "0s");
        assertRefused("'1x' is not a duration", "--resolution", "1x");
        assertRefused("no event of run has a time between --from and --until", "--from", "2027-01-01T00:00:00Z");
    }

    private void assertRefused(String why, String... options) {
        Path file = folder.resolve("refused.om");
        String[] arguments = Arrays.copyOf(options, options.length + 2);
        arguments[options.length] = "-o";
        arguments[options.length + 1] = file.toString();

        CommandRun run = export(arguments);

        assertThat(run.err()).contains(why);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    private static CommandRun export(String... options) {
        List<String> arguments = new ArrayList<>(List.of("export", recording.toString(), "openmetrics"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }
}
