package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import whisktape.DatabasePosition;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.recorder.Progress;
import whisktape.recorder.Recorder;
import whisktape.recorder.StopWhen;
import whisktape.recording.Recording;
import whisktape.recording.RecordingFolder;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.source.CouchSettings;
import whisktape.source.CouchSource;
import whisktape.source.DocumentSource;
import whisktape.source.EventSource;
import whisktape.source.KafkaSettings;
import whisktape.source.KafkaSource;
import whisktape.source.Source;
import whisktape.source.StartAt;

/** {@code whisktape record}: tails the events topic into a recording. */
@Command(
        name = "record",
        description = {
            "Tails the events topic, the activations database, or both into one recording.",
            "Loses nothing, repeats nothing, survives kill -9."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape record --kafka localhost:9092 --couchdb http://localhost:5984 -o run1 -- ./load.sh",
            "",
            "Exit codes: 0 done (Ctrl-C is the normal end), 1 failed, 2 wrong usage or refused,",
            "3 done, but events or documents are missing (a gap); else the exit code of COMMAND."
        })
final class RecordCommand implements Callable<Integer> {
    private static final Duration QUIET_AFTER_COMMAND = Duration.ofSeconds(2);
    private static final int GAP = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafkaOptions;

    @Option(
            names = "--kafka",
            paramLabel = "H:P",
            converter = AddressConverter.class,
            description = "Kafka's host and port; several separated by commas.")
    private String kafka;

    @Mixin
    private CouchOptions couchOptions;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = {
                "The recording's folder; made if it is not there. As wherever a recording is named, it may be a URI:",
                "hdfs://namenode/run1, s3a://bucket/run1."
            })
    private Path folder;

    @Option(names = "--topic", defaultValue = "events", description = "Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--from",
            paramLabel = "latest|earliest|TIME",
            defaultValue = "latest",
            description = {
                "Where to begin: 2026-03-14T09:15:00Z, or -10m for ten minutes ago. Default: ${DEFAULT-VALUE}.",
                "A database cannot be asked by time: it is read from its beginning, and what is older is left out."
            })
    private String from;

    @Option(
            names = "--partitions",
            paramLabel = "RANGES",
            converter = PartitionsConverter.class,
            description = {
                "Record only these: 0-3, 5, 0-3,8, or 8- for those from 8 on, also such as will be added. Several recorders,",
                "each with partitions of its own, so make one recording in the same DIR; the database is for one of them."
            })
    private Partitions partitions;

    @Option(names = "--for", paramLabel = "DUR", description = "Stop after this time: 90s, 5m, 1h.")
    private Duration duration;

    @Option(
            names = "--until-idle",
            paramLabel = "DUR",
            description = "Stop when everything has been read and nothing came for this time.")
    private Duration untilIdle;

    @Option(
            names = "--drain",
            paramLabel = "DUR",
            defaultValue = "10s",
            description = {
                "With both sources: before stopping by itself, wait at most so long for the documents",
                "of activations whose events have come. Default: ${DEFAULT-VALUE}."
            })
    private Duration drain;

    @Option(
            names = "--no-payloads",
            description = "Leave out what users' code said: response.result and logs of the documents.")
    private boolean noPayloads;

    @Option(
            names = "--resume",
            description = "Go on with the recording in DIR after its last sealed event; begin one if there is none.")
    private boolean resume;

    @Option(
            names = "--segment-max-age",
            paramLabel = "DUR",
            defaultValue = "30s",
            description = "Seal what was recorded after this time. Default: ${DEFAULT-VALUE}.")
    private Duration segmentMaxAge;

    @Option(
            names = "--segment-max-bytes",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            converter = SizeConverter.class,
            description = "Seal a segment of this size. Default: ${DEFAULT-VALUE}.")
    private long segmentMaxBytes;

    @Mixin
    private LabelOptions description;

    @Option(names = "--json", description = "Print what whisktape info --json prints.")
    private boolean json;

    @Parameters(
            paramLabel = "-- COMMAND",
            arity = "0..*",
            description =
                    "Run this workload once recording has begun; stop when it has ended and the sources are drained.")
    private List<String> command = List.of();

    @Override
    public Integer call() {
        if (!command.isEmpty()
                && !spec.commandLine().getParseResult().originalArgs().contains("--")) {
            throw new ParameterException(
                    spec.commandLine(), "'" + command.get(0) + "' is no option; a workload's command stands behind --");
        }
        if (kafka == null && couchOptions.url == null) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to record from: name --kafka H:P, --couchdb URL, or both");
        }
        if (partitions != null && kafka == null) {
            throw new ParameterException(spec.commandLine(), "--partitions are those of a topic; name --kafka H:P too");
        }
        StartAt startAt = startAt();
        Optional<CouchSettings> couch = couchOptions.settings(noPayloads);
        List<Source> sources = new ArrayList<>();
        try (RecordingWriter writer = openWriter()) {
            if (couch.isPresent()) {
                writer.requireNoOtherDatabase();
            }
            if (kafka != null) {
                sources.add(openEvents(writer, startAt));
            }
            couch.ifPresent(settings -> sources.add(openDocuments(settings, writer, startAt)));
            sources.forEach(source -> begin(source, writer));
            return record(sources, writer);
        } finally {
            sources.forEach(Source::close);
        }
    }

    private StartAt startAt() {
        return switch (from) {
            case "latest" -> new StartAt.Latest();
            case "earliest" -> new StartAt.Earliest();
            default -> new StartAt.At(time(from).resolve(Instant.now()));
        };
    }

    private TimeOption time(String text) {
        try {
            return TimeOption.parse(text);
        } catch (TypeConversionException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--from': " + e.getMessage() + ", latest or earliest");
        }
    }

    private RecordingWriter openWriter() {
        SealLimits limits = new SealLimits(segmentMaxAge, segmentMaxBytes, SealLimits.DEFAULT.bufferedBytes());
        if (partitions != null) {
            return RecordingWriter.join(
                    folder, partitions, resume, description.labels, description.note, limits, InstantSource.system());
        }
        return resume && RecordingFolder.canResume(folder)
                ? RecordingWriter.resume(folder, description.labels, description.note, limits, InstantSource.system())
                : RecordingWriter.create(folder, description.labels, description.note, limits, InstantSource.system());
    }

    private EventSource openEvents(RecordingWriter writer, StartAt startAt) {
        KafkaSettings settings = new KafkaSettings(kafka, topic, kafkaOptions.client());
        KafkaSource.Share share = partitions == null
                ? KafkaSource.Share.ALL
                : new KafkaSource.Share(partitions, writer.positionOfOthers());
        Optional<Position> position = writer.position();
        return position.isPresent()
                ? KafkaSource.open(settings, position.get(), share)
                : KafkaSource.open(settings, startAt, share);
    }

    private static DocumentSource openDocuments(CouchSettings settings, RecordingWriter writer, StartAt startAt) {
        Optional<DatabasePosition> position = writer.databasePosition();
        return position.isPresent() ? CouchSource.open(settings, position.get()) : CouchSource.open(settings, startAt);
    }

    /** Only when all sources are open: whoever mistypes the second one finds no recording of the first. */
    private static void begin(Source source, RecordingWriter writer) {
        if (source instanceof EventSource events) {
            if (writer.position().isPresent()) {
                writer.requireSameOrigin(events.clusterId().orElse(null), events.topic());
            } else {
                writer.begin(events.clusterId().orElse(null), events.topic(), events.start());
            }
        } else if (source instanceof DocumentSource documents) {
            if (writer.databasePosition().isPresent()) {
                writer.requireSameDatabase(documents.serverId(), documents.database(), documents.start());
            } else {
                writer.begin(documents.serverId(), documents.database(), documents.start());
            }
        }
    }

    private int record(List<Source> sources, RecordingWriter writer) {
        Workload workload = new Workload(command);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet);
        Recorder recorder = new Recorder(sources, writer, stopWhen(workload), line::show);
        Interruption.stopsWith(recorder::stop);
        line.say("recording " + sources.stream().map(Source::name).collect(Collectors.joining(" and ")) + " into "
                + folder + (untilIdle == null && duration == null && command.isEmpty() ? "; Ctrl-C ends it" : ""));
        start(workload, writer);
        Progress end = recorder.run();
        line.end();
        print(writer, end);
        workload.running()
                .ifPresent(id -> spec.commandLine()
                        .getErr()
                        .println("the workload still runs as process " + id + " and is not recorded any more"));
        int workloadCode = workload.exitCode();
        return workloadCode != 0 ? workloadCode : end.gaps() > 0 ? GAP : 0;
    }

    /** Whoever mistypes the command finds no recording of nothing. */
    private static void start(Workload workload, RecordingWriter writer) {
        try {
            workload.start();
        } catch (WhisktapeException e) {
            writer.takeBack();
            throw e;
        }
    }

    private StopWhen stopWhen(Workload workload) {
        Duration idle = untilIdle == null && !command.isEmpty() ? QUIET_AFTER_COMMAND : untilIdle;
        return new StopWhen(Optional.ofNullable(duration), Optional.ofNullable(idle), workload::isOver, drain);
    }

    private void print(RecordingWriter writer, Progress end) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
            return;
        }
        List<Segment> segments = writer.manifest().segments();
        double seconds = Math.max(0.001, end.busy().toMillis() / 1000.0);
        out.printf(
                "recorded %s in %.1f s (%,.0f %s/s) into %s: %,d segments, %,d bytes%n",
                rows(end),
                seconds,
                end.rows() / seconds,
                couchOptions.url == null ? "events" : kafka == null ? "activations" : "rows",
                folder,
                segments.size(),
                segments.stream().mapToLong(Segment::sizeBytes).sum());
        if (end.unreadable() > 0) {
            out.printf("%,d of them unreadable: kept, with the reason in column unreadable_reason%n", end.unreadable());
        }
        if (end.gaps() > 0) {
            out.printf("some are missing, in %,d places: whisktape info %s lists the gaps%n", end.gaps(), folder);
        }
        if (end.awaited() > 0) {
            out.printf(
                    "%,d activations of these events are not in the database, or not yet: "
                            + "whisktape analyze %s reconciliation says why that may be%n",
                    end.awaited(), folder);
        }
    }

    private String rows(Progress end) {
        String events = "%,d events".formatted(end.events());
        String activations = "%,d activations".formatted(end.documents());
        return couchOptions.url == null ? events : kafka == null ? activations : events + " and " + activations;
    }
}
