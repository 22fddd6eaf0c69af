package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import whisktape.recorder.Progress;
import whisktape.recorder.Recorder;
import whisktape.recorder.StopWhen;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.DocumentDumpSource;
import whisktape.source.DumpSource;
import whisktape.source.Source;

/** {@code whisktape import}: what another tool dumped becomes a recording. */
@Command(
        name = "import",
        description = {
            "Makes a recording of what other tools dumped.",
            "Events as kcat -J or the console consumer print them, activations as curl gets them from the database."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape import --ndjson events=events.jsonl.gz,activations=docs.json -o recordings/run1",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 done, but some lines could not be placed,",
            "or a dump ends in the middle."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int INCOMPLETE = 3;
    private static final String EVENTS = "events";
    private static final String ACTIVATIONS = "activations";

    private static final String HINT =
            "nothing that could be read was in it: is it a dump of the topic events, or of the"
                    + " activations database (from _changes and _all_docs with include_docs=true)?";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ndjson",
            paramLabel = "TABLE=FILE",
            required = true,
            split = ",",
            description = {
                "events=FILE: lines of kcat -J, or bare values, which count from offset 0.",
                "activations=FILE: rows of _changes or _all_docs, bare documents, lists of the REST interface, hits of"
                        + " Elasticsearch; one a line or in the server's whole answer.",
                "Plain or gzip, either or both of them."
            })
    private Map<String, Path> dumps = new TreeMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The recording's folder; made if it is not there.")
    private Path folder;

    @Option(
            names = "--topic",
            defaultValue = "events",
            description = "The topic's name where the dump has none. Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(names = "--no-payloads", description = "Leave results and logs out of the activations.")
    private boolean noPayloads;

    @Mixin
    private LabelOptions description;

    @Option(names = "--json", description = "Print what whisktape info --json prints.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Set.of(EVENTS, ACTIVATIONS).containsAll(dumps.keySet())) {
            throw new ParameterException(
                    spec.commandLine(), "--ndjson takes events=FILE and activations=FILE, got " + dumps.keySet());
        }
        try (RecordingWriter writer = RecordingWriter.create(
                        folder, description.labels, description.note, SealLimits.DEFAULT, InstantSource.system());
                DumpSource events = dumps.containsKey(EVENTS) ? new DumpSource(dumps.get(EVENTS), topic) : null;
                DocumentDumpSource documents = dumps.containsKey(ACTIVATIONS)
                        ? new DocumentDumpSource(dumps.get(ACTIVATIONS), !noPayloads)
                        : null) {
            if (events != null) {
                writer.begin(null, events.topic(), events.start());
            }
            if (documents != null) {
                writer.begin(documents.serverId(), documents.database(), documents.start());
            }
            List<Source> sources = Stream.<Source>of(events, documents)
                    .filter(Objects::nonNull)
                    .toList();
            ProgressLine line = new ProgressLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet);
            Progress end = new Recorder(sources, writer, StopWhen.idleFor(Duration.ZERO), line::show).run();
            line.end();
            printImported(end);
            if (end.unreadable() == end.rows()) {
                spec.commandLine().getErr().println(HINT);
            }
            return printDamage(Optional.ofNullable(events), Optional.ofNullable(documents)) ? INCOMPLETE : 0;
        }
    }

    private void printImported(Progress end) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
            return;
        }
        List<String> counts = new ArrayList<>();
        if (dumps.containsKey(EVENTS)) {
            counts.add(String.format("%,d events", end.events()));
        }
        if (dumps.containsKey(ACTIVATIONS)) {
            counts.add(String.format("%,d activations", end.documents()));
        }
        out.printf(
                "imported %s into %s, %,d of them unreadable%n",
                String.join(" and ", counts), folder, end.unreadable());
    }

    /** Says what is not in the recording; false if nothing is known to be missing. */
    private boolean printDamage(Optional<DumpSource> events, Optional<DocumentDumpSource> documents) {
        Optional<String> leftOut = events.flatMap(source -> source.firstLeftOut()
                .map(first ->
                        String.format("%,d lines could not be placed and were left out; %s", source.leftOut(), first)));
        List<String> damage = Stream.of(
                        leftOut, events.flatMap(DumpSource::damage), documents.flatMap(DocumentDumpSource::damage))
                .flatMap(Optional::stream)
                .toList();
        damage.forEach(spec.commandLine().getErr()::println);
        return !damage.isEmpty();
    }
}
