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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.recorder.Progress;
import whisktape.recorder.Recorder;
import whisktape.recorder.StopWhen;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.sharing.Unpacking;
import whisktape.source.DocumentDumpSource;
import whisktape.source.DumpSource;
import whisktape.source.Source;

/** {@code whisktape import}: what somebody has shared, or another tool dumped, becomes a recording. */
@Command(
        name = "import",
        description = {
            "Makes a recording of a file that whisktape share wrote, or of what other tools dumped.",
            "A shared file may come from anybody: it is checked from its checksum to its last row before there is a"
                    + " recording, and nothing is left of one that fails.",
            "From dumps: events as kcat -J or the console consumer print them, activations as curl gets them from the"
                    + " database."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape import slow-monday.zip",
            "  whisktape import --ndjson events=events.jsonl.gz,activations=docs.json -o recordings/run1",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused (the folder is taken, the file is of a newer format),",
            "3 the file is damaged or not to be trusted; of dumps: done, but some lines could not be placed,",
            "or a dump ends in the middle."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int INCOMPLETE = 3;
    private static final String EVENTS = "events";
    private static final String ACTIVATIONS = "activations";

    /** A name that is a folder's too: ..zip would be the current one. */
    private static final Pattern ARCHIVE_NAME = Pattern.compile("(?i)([^.].*)\\.zip");

    private static final List<String> OF_DUMPS = List.of("--topic", "--no-payloads", "--label", "--note");

    private static final String HINT =
            "nothing that could be read was in it: is it a dump of the topic events, or of the"
                    + " activations database (from _changes and _all_docs with include_docs=true)?";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.zip", arity = "0..1", description = "What whisktape share wrote.")
    private Path archive;

    @Option(
            names = "--ndjson",
            paramLabel = "TABLE=FILE",
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
            description =
                    "The recording's folder; made if it is not there. Default of FILE.zip: its name without .zip, in the"
                            + " current folder.")
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
        if ((archive == null) == dumps.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "import takes either FILE.zip or --ndjson TABLE=FILE");
        }
        if (archive != null) {
            return unpack();
        }
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "--ndjson needs -o DIR, the folder of the recording");
        }
        return importDumps();
    }

    private int unpack() {
        for (String option : OF_DUMPS) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " goes with --ndjson, not with FILE.zip");
            }
        }
        Recording recording = Unpacking.unpack(archive, folder == null ? folderFor(archive) : folder);
        RecordingSummary summary = new RecordingSummary(recording);
        if (json) {
            Json.print(spec.commandLine().getOut(), summary.toJson());
        } else {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "imported %,d events and %,d activations into %s, every check passed%n",
                            summary.sum(Segment.EVENTS, Segment::rows),
                            summary.sum(Segment.ACTIVATIONS, Segment::rows),
                            recording.folder());
        }
        return 0;
    }

    private Path folderFor(Path archive) {
        Path file = archive.getFileName();
        Matcher name = ARCHIVE_NAME.matcher(file == null ? "" : file.toString());
        if (!name.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "-o DIR is needed where the file is not named like NAME.zip, got " + archive);
        }
        return Path.of(name.group(1));
    }

    private int importDumps() {
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
