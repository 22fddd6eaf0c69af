package whisktape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.recorder.Progress;
import whisktape.recorder.Recorder;
import whisktape.recorder.StopWhen;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.EventSource;
import whisktape.source.KafkaSettings;
import whisktape.source.KafkaSource;
import whisktape.source.StartAt;

/** {@code whisktape record}: tails the events topic into a recording. */
@Command(
        name = "record",
        description = "Tails the events topic into a recording: loses nothing, repeats nothing, survives kill -9.",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape record --kafka localhost:9092 -o recordings/run1 --from earliest --until-idle 5s",
            "",
            "Exit codes: 0 done (Ctrl-C is the normal end), 1 failed, 2 wrong usage or refused,",
            "3 done, but events are missing (a gap); else the exit code of COMMAND."
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
            required = true,
            description = "Kafka's host and port; several separated by commas.")
    private String kafka;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The recording's folder; made if it is not there.")
    private Path folder;

    @Option(names = "--topic", defaultValue = "events", description = "Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--from",
            paramLabel = "latest|earliest|TIME",
            defaultValue = "latest",
            description =
                    "Where to begin: 2026-03-14T09:15:00Z, or -10m for ten minutes ago. Default: ${DEFAULT-VALUE}.")
    private String from;

    @Option(names = "--for", paramLabel = "DUR", description = "Stop after this time: 90s, 5m, 1h.")
    private Duration duration;

    @Option(
            names = "--until-idle",
            paramLabel = "DUR",
            description = "Stop when everything has been read and nothing came for this time.")
    private Duration untilIdle;

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
                    "Run this workload once recording has begun; stop when it has ended and the topic is drained.")
    private List<String> command = List.of();

    @Override
    public Integer call() {
        if (!command.isEmpty()
                && !spec.commandLine().getParseResult().originalArgs().contains("--")) {
            throw new ParameterException(
                    spec.commandLine(), "'" + command.get(0) + "' is no option; a workload's command stands behind --");
        }
        StartAt startAt = startAt();
        KafkaSettings settings = new KafkaSettings(kafka, topic, kafkaOptions.client());
        try (RecordingWriter writer = openWriter();
                EventSource source = openSource(settings, writer, startAt)) {
            return record(source, writer);
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
        return resume && RecordingWriter.canResume(folder)
                ? RecordingWriter.resume(folder, description.labels, description.note, limits, InstantSource.system())
                : RecordingWriter.create(folder, description.labels, description.note, limits, InstantSource.system());
    }

    private EventSource openSource(KafkaSettings settings, RecordingWriter writer, StartAt startAt) {
        Optional<Position> position = writer.position();
        EventSource source =
                position.isPresent() ? KafkaSource.open(settings, position.get()) : KafkaSource.open(settings, startAt);
        try {
            if (position.isPresent()) {
                writer.requireSameOrigin(source.clusterId().orElse(null), source.topic());
            } else {
                writer.begin(source.clusterId().orElse(null), source.topic(), source.start());
            }
            return source;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private int record(EventSource source, RecordingWriter writer) {
        Workload workload = new Workload(command);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet);
        Recorder recorder = new Recorder(List.of(source), writer, stopWhen(workload), line::show);
        Interruption.stopsWith(recorder::stop);
        line.say("recording topic " + topic + " at " + kafka + " into " + folder
                + (untilIdle == null && duration == null && command.isEmpty() ? "; Ctrl-C ends it" : ""));
        workload.start();
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

    private StopWhen stopWhen(Workload workload) {
        Duration idle = untilIdle == null && !command.isEmpty() ? QUIET_AFTER_COMMAND : untilIdle;
        return new StopWhen(Optional.ofNullable(duration), Optional.ofNullable(idle), workload::isOver, Duration.ZERO);
    }

    private void print(RecordingWriter writer, Progress end) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
            return;
        }
        long bytes = writer.manifest().segments().stream()
                .mapToLong(segment -> segment.sizeBytes())
                .sum();
        double seconds = Math.max(0.001, end.busy().toMillis() / 1000.0);
        out.printf(
                "recorded %,d events in %.1f s (%,.0f events/s) into %s: %,d segments, %,d bytes%n",
                end.rows(),
                seconds,
                end.rows() / seconds,
                folder,
                writer.manifest().segments().size(),
                bytes);
        if (end.unreadable() > 0) {
            out.printf("%,d of them unreadable: kept, with the reason in column unreadable_reason%n", end.unreadable());
        }
        if (end.gaps() > 0) {
            out.printf("events are missing in %,d places: whisktape info %s lists the gaps%n", end.gaps(), folder);
        }
    }

    /** The command whose run is recorded; none is a workload that is over. */
    private static final class Workload {
        private final List<String> command;
        private volatile Process process;

        Workload(List<String> command) {
            this.command = command;
        }

        void start() {
            if (command.isEmpty()) {
                return;
            }
            try {
                process = new ProcessBuilder(command).inheritIO().start();
            } catch (IOException e) {
                throw new WhisktapeException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
            }
        }

        boolean isOver() {
            return command.isEmpty() || process != null && !process.isAlive();
        }

        /** Its process id, if it was started and has not ended. */
        Optional<Long> running() {
            return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
        }

        /** Its exit code; 0 while it still runs. */
        int exitCode() {
            return process == null || process.isAlive() ? 0 : process.exitValue();
        }
    }
}
