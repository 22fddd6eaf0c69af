package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
import whisktape.WhisktapeException;
import whisktape.exchange.NdjsonImport;
import whisktape.recorder.Progress;
import whisktape.recorder.Recorder;
import whisktape.recorder.StopWhen;
import whisktape.recording.Manifest;
import whisktape.recording.Recording;
import whisktape.recording.RecordingCopy;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.sharing.Unpacking;
import whisktape.source.DocumentDumpSource;
import whisktape.source.DumpSource;
import whisktape.source.ExportFile;
import whisktape.source.Source;

/** {@code whisktape import}: what somebody has shared, or another tool dumped, becomes a recording. */
@Command(
        name = "import",
        description = {
            "Makes a recording of what whisktape share or export wrote, or of what other tools dumped.",
            "A shared file may come from anybody: it is checked from its checksum to its last row before there is a"
                    + " recording, and nothing is left of one that fails.",
            "Of an export it makes the same recording; of other tools it takes events as kcat -J or the console consumer"
                    + " print them, and activations as curl gets them from the database."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape import slow-monday.zip",
            "  whisktape import --ndjson run1.ndjson.gz -o recordings/run1",
            "  whisktape import --ndjson events=events.jsonl.gz,activations=docs.json -o recordings/run2",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused (the folder is taken, the file is of a newer format),",
            "3 the shared file is damaged or not to be trusted, or an export is not whole: nothing was imported; or some",
            "lines of a dump could not be placed or it ends in the middle: what is there was imported."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int INCOMPLETE = 3;
    private static final String NDJSON = "--ndjson";

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
            names = NDJSON,
            paramLabel = "[TABLE=]FILE",
            split = ",",
            description = {
                "FILE: what whisktape export wrote; it becomes the recording that it was, labels and gaps too.",
                "events=FILE: the same, or lines of kcat -J, or bare values, which count from offset 0.",
                "activations=FILE: the same, or rows of _changes or _all_docs, bare documents, lists of the REST interface,"
                        + " hits of Elasticsearch; one a line or in the server's whole answer.",
                "Plain or gzip, either or both of them."
            })
    private List<String> dumps = List.of();

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
            throw new ParameterException(spec.commandLine(), "import takes either FILE.zip or --ndjson [TABLE=]FILE");
        }
        if (archive != null) {
            return unpack();
        }
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "--ndjson needs -o DIR, the folder of the recording");
        }
        return importLines();
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
                            summary.events().rows(), summary.documents().rows(), recording.folder());
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

    private int importLines() {
        NdjsonFiles files = NdjsonFiles.parse(spec.commandLine(), NDJSON, dumps);
        try (ExportFile events = files.of(Segment.EVENTS).map(this::open).orElse(null);
                ExportFile documents = files.isOne()
                        ? null
                        : files.of(Segment.ACTIVATIONS).map(this::open).orElse(null)) {
            List<ExportFile> exports =
                    Stream.of(events, documents).filter(Objects::nonNull).toList();
            if (exports.stream().allMatch(export -> export.manifest().isPresent())) {
                return importExport(Optional.ofNullable(events), files.isOne() ? events : documents);
            }
        }
        if (files.isOne()) {
            throw new ParameterException(
                    spec.commandLine(),
                    files.of(Segment.EVENTS).orElseThrow()
                            + " does not begin as what whisktape export writes; say what is in it by events=FILE or"
                            + " activations=FILE");
        }
        return importDumps(files);
    }

    private ExportFile open(Path file) {
        return new ExportFile(file, !noPayloads);
    }

    private int importExport(Optional<ExportFile> events, ExportFile documents) {
        ExportFile any = events.orElse(documents);
        Manifest manifest = Manifest.parse(any.manifest().orElseThrow(), any.place())
                .describedBy(description.labels, description.note);
        if (documents != null && !documents.manifest().equals(any.manifest())) {
            throw WhisktapeException.refused(
                    "the two files are exports of different recordings, or of one that grew in between");
        }
        Manifest wanted = events.isEmpty() ? manifest.without(Segment.EVENTS) : manifest;
        wanted = documents == null ? wanted.without(Segment.ACTIVATIONS) : wanted;
        try (RecordingCopy copy = RecordingCopy.create(folder, wanted)) {
            NdjsonImport lines = new NdjsonImport(copy);
            if (events.isPresent()) {
                lines.readEvents(events.get(), wanted.segments(Segment.EVENTS));
            }
            if (documents != null) {
                lines.readActivations(documents, wanted.segments(Segment.ACTIVATIONS));
            }
            Manifest made = copy.finish();
            printImported(
                    events.isPresent() ? OptionalLong.of(lines.events()) : OptionalLong.empty(),
                    documents != null ? OptionalLong.of(lines.documents()) : OptionalLong.empty(),
                    made.segments().stream().mapToLong(Segment::unreadable).sum());
            return 0;
        }
    }

    private int importDumps(NdjsonFiles files) {
        try (RecordingWriter writer = RecordingWriter.create(
                        folder, description.labels, description.note, SealLimits.DEFAULT, InstantSource.system());
                DumpSource events = files.of(Segment.EVENTS)
                        .map(file -> new DumpSource(file, topic))
                        .orElse(null);
                DocumentDumpSource documents = files.of(Segment.ACTIVATIONS)
                        .map(file -> new DocumentDumpSource(file, !noPayloads))
                        .orElse(null)) {
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
            printImported(
                    events == null ? OptionalLong.empty() : OptionalLong.of(end.events()),
                    documents == null ? OptionalLong.empty() : OptionalLong.of(end.documents()),
                    end.unreadable());
            if (end.unreadable() == end.rows()) {
                spec.commandLine().getErr().println(HINT);
            }
            return printDamage(Optional.ofNullable(events), Optional.ofNullable(documents)) ? INCOMPLETE : 0;
        }
    }

    private void printImported(OptionalLong events, OptionalLong documents, long unreadable) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
            return;
        }
        List<String> counts = new ArrayList<>();
        events.ifPresent(count -> counts.add(String.format("%,d events", count)));
        documents.ifPresent(count -> counts.add(String.format("%,d activations", count)));
        out.printf("imported %s into %s, %,d of them unreadable%n", String.join(" and ", counts), folder, unreadable);
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
