package whisktape.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import whisktape.cli.CommandRun;
import whisktape.metrics.Exposition;

/** The samples of a real OpenWhisk as a recording. */
final class SampleRecording {
    private static final Path MAIN = Path.of("src/test/resources/samples/main");
    private static final Path INTERRUPTED = Path.of("src/test/resources/samples/interrupted");

    /** Of {@link #MAIN}. */
    static final int EVENTS = 1_923;

    static final int ACTIVATIONS = 1_002;

    private SampleRecording() {}

    /** Makes it in this folder, which must not be there yet. */
    static Path into(Path folder) {
        return make(MAIN, folder);
    }

    /** The same of the run in which the platform was stopped under load. */
    static Path interruptedInto(Path folder) {
        return make(INTERRUPTED, folder);
    }

    private static Path make(Path sample, Path folder) {
        CommandRun run = CommandRun.of(
                "import",
                "--ndjson",
                "events=" + sample.resolve("events.jsonl.gz") + ",activations="
                        + sample.resolve("activations.jsonl.gz"),
                "-o",
                folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return folder;
    }

    /** The families of actions and limits that the real user-events showed after it had read the same events. */
    static Map<String, String> scrapeOfUserEvents() throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(Files.newInputStream(MAIN.resolve("user-events-metrics.txt.gz")))) {
            return Exposition.series(
                    new String(in.readAllBytes(), UTF_8), line -> line.startsWith("openwhisk_action_"));
        }
    }
}
