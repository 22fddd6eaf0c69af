package whisktape.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import whisktape.exchange.NdjsonExport;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** {@code whisktape export REC ndjson}: a recording as lines of JSON, from which {@code import --ndjson} makes it again. */
@Command(
        name = "ndjson",
        description = {
            "Writes one JSON object a line and row: events as kcat -J does, activations as CouchDB's changes feed.",
            "Nothing is lost: import --ndjson makes the same recording of it. docs/format.md explains the fields."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape export recordings/sample ndjson -o sample.ndjson.gz",
            "  whisktape import --ndjson sample.ndjson.gz -o recordings/again",
            "  whisktape export recordings/sample ndjson -o events=events.jsonl,activations=activations.jsonl",
            "  whisktape export recordings/sample ndjson -o events=- | head -n 5",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 the recording is damaged."
        })
final class ExportNdjsonCommand implements Runnable {
    private static final String OUTPUT = "--output";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ExportCommand export;

    @Option(
            names = {"-o", OUTPUT},
            paramLabel = "[TABLE=]FILE",
            required = true,
            split = ",",
            description = {
                "FILE: events first, then activations. Or events=FILE, activations=FILE, or both of them.",
                "Packed by gzip if its name ends with .gz; - is standard output. A file that is there is replaced."
            })
    private List<String> output = List.of();

    @Override
    public void run() {
        NdjsonFiles files = NdjsonFiles.parse(spec.commandLine(), OUTPUT, output);
        Recording recording = export.recording();
        if (files.isOne()) {
            write(files.of(Segment.EVENTS), recording, NdjsonExport::writeEvents, NdjsonExport::writeActivations);
        } else {
            write(files.of(Segment.EVENTS), recording, NdjsonExport::writeEvents);
            write(files.of(Segment.ACTIVATIONS), recording, NdjsonExport::writeActivations);
        }
    }

    private interface Part {
        void write(NdjsonExport export, OutputStream out) throws IOException;
    }

    private void write(Optional<Path> path, Recording recording, Part... parts) {
        if (path.isEmpty()) {
            return;
        }
        try (OutputFile file =
                OutputFile.open(path.get(), recording, spec.commandLine().getOut())) {
            NdjsonExport lines = new NdjsonExport(recording);
            for (Part part : parts) {
                part.write(lines, file.stream());
            }
            lines.end(file.stream());
            file.complete();
            spec.commandLine()
                    .getErr()
                    .println(String.format("%,d lines are in ", lines.rows())
                            + Cells.onOneLine(path.get().toString()));
        } catch (WriterStream.ClosedException e) {
            // Whoever reads has seen enough, as head has.
            return;
        } catch (IOException e) {
            throw OutputFile.failure(path.get(), e);
        }
    }
}
