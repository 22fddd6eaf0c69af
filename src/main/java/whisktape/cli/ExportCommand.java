package whisktape.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.recording.Recording;

/** {@code whisktape export}: a recording in a form that other tools read; each form is a subcommand. */
@Command(
        name = "export",
        description = "Writes a recording in a form that other tools read.",
        synopsisSubcommandLabel = "FORM",
        subcommands = {ExportNdjsonCommand.class, ExportOpenmetricsCommand.class, ExportRuleTestsCommand.class},
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape export recordings/sample ndjson -o sample.ndjson.gz",
            "  whisktape export recordings/sample openmetrics -o sample.om",
            "  whisktape export recordings/sample rule-tests --rules alerts.yml -o incident-test.yml",
            "  whisktape export recordings/sample ndjson --help",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 the recording is damaged."
        })
final class ExportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REC", arity = "0..1", description = "The recording's folder, or its URI.")
    private Path folder;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a form behind the recording: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    Recording recording() {
        if (folder == null) {
            throw new ParameterException(
                    spec.commandLine(), "name the recording before the form: whisktape export REC FORM -o FILE");
        }
        Recording recording = Recording.open(folder);
        // What is damaged within would be written without a word, and be right for whoever reads it.
        recording.segments().forEach(recording::requireWhole);
        return recording;
    }
}
