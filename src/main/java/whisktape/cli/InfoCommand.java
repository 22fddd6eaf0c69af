package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.recording.Recording;

/** {@code whisktape info}: what is in a recording. */
@Command(
        name = "info",
        description = {
            "Says what is in a recording: span, counts, source, gaps, labels, size.",
            "It reads the manifest alone, so that it takes no time; verify reads the segments."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape info recordings/sample",
            "",
            "Exit codes: 0 done, 1 there is no recording or it cannot be read, 2 wrong usage or a newer format,",
            "3 the manifest is damaged or lost."
        })
final class InfoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REC", description = "The recording's folder, or its URI.")
    private Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run() {
        print(folder, json, spec.commandLine().getOut());
    }

    static void print(Path folder, boolean json, PrintWriter out) {
        RecordingSummary summary = new RecordingSummary(Recording.openManifest(folder));
        if (json) {
            Json.print(out, summary.toJson());
        } else {
            new RecordingCard(summary).print(out);
        }
    }
}
