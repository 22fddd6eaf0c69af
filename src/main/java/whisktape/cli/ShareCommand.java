package whisktape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;
import whisktape.remote.Places;
import whisktape.sharing.Keep;
import whisktape.sharing.Salt;
import whisktape.sharing.Shared;
import whisktape.sharing.Sharing;

/** {@code whisktape share}: one redacted file of a recording. */
@Command(
        name = "share",
        description = {
            "Writes a recording as one file for a teammate: redacted, with a checksum, searched for secrets.",
            "Numbers and times stay, so every report comes out the same; names become pseudonyms; results, logs, callers,"
                    + " API keys, keys, headers, labels and the note go. The recording itself is not touched."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape share recordings/sample -o sample.zip --salt-file team.salt",
            "  whisktape share recordings/sample -o minute.zip --from -1m",
            "",
            "Exit codes: 0 written, 1 failed, 2 wrong usage or refused,",
            "3 the recording is damaged, or the file would have held a secret. Only with 0 there is a file."
        })
final class ShareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REC", description = "The recording's folder, or its URI.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The zip file to write; it must not be there yet.")
    private Path file;

    @Mixin
    private CutOptions cut;

    @Option(
            names = "--keep",
            paramLabel = "WHAT",
            split = ",",
            converter = KeepConverter.class,
            completionCandidates = KeepConverter.class,
            description = "Let this leave as it is, separated by commas: ${COMPLETION-CANDIDATES}.")
    private List<Keep> kept = List.of();

    @Option(
            names = "--salt-file",
            paramLabel = "FILE",
            description = {
                "The secret that pseudonyms are made with, 16 bytes or more: whoever shares with the same one gives the same"
                        + " names, so that two recordings can be compared.",
                "Default: one made for this file alone and forgotten."
            })
    private Path saltFile;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Salt salt = saltFile == null ? Salt.random() : Salt.of(saltFile);
        Set<Keep> keep = EnumSet.noneOf(Keep.class);
        keep.addAll(kept);
        RowsLine line = new RowsLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet, "redacted");
        Recording recording = Recording.open(folder);
        Shared shared = Places.isRemote(file)
                ? shareRemotely(recording, keep, salt, line)
                : Sharing.share(recording, file, cut.of(recording), keep, salt, line::show);
        line.end();
        print(shared, keep);
        return 0;
    }

    /** Made and searched on this machine: nothing else is sent than what may leave. */
    private Shared shareRemotely(Recording recording, Set<Keep> keep, Salt salt, RowsLine line) {
        if (Files.exists(file)) {
            throw WhisktapeException.refused("cannot share as " + file + ": it is there already; name another file");
        }
        try {
            Path folder = Files.createTempDirectory("whisktape-");
            Path made = folder.resolve("shared.zip");
            folder.toFile().deleteOnExit();
            made.toFile().deleteOnExit();
            Shared shared = Sharing.share(recording, made, cut.of(recording), keep, salt, line::show);
            OutputFile.send(made, file, false);
            return shared;
        } catch (IOException e) {
            throw OutputFile.failure(file, e);
        }
    }

    private void print(Shared shared, Set<Keep> keep) {
        if (json) {
            Json.print(
                    spec.commandLine().getOut(),
                    Json.object(
                            "file", file.toString(),
                            "events", shared.events(),
                            "activations", shared.documents(),
                            "segments", shared.segments(),
                            "size_bytes", shared.sizeBytes(),
                            "sha256", shared.sha256(),
                            "kept", keep.stream().map(Keep::toString).toList()));
        } else {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "shared %s as %s: %,d events and %,d activations, %s%n",
                            folder,
                            file,
                            shared.events(),
                            shared.documents(),
                            keep.isEmpty()
                                    ? "nothing kept"
                                    : "kept "
                                            + String.join(
                                                    ", ",
                                                    keep.stream()
                                                            .map(Keep::toString)
                                                            .toList()));
        }
        if (saltFile == null && !keep.contains(Keep.NAMES) && !RootCommand.of(spec).quiet) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The names in it are made with a salt that nobody has: to compare it with another recording,"
                                    + " share both with the same --salt-file.");
        }
    }
}
