package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
import whisktape.source.DumpSource;

/** {@code whisktape import}: what another tool dumped becomes a recording. */
@Command(
        name = "import",
        description = "Makes a recording of events that kcat -J or the console consumer dumped, one a line.",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape import --ndjson events=events.jsonl.gz -o recordings/run1",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 done, but some lines could not be placed."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int LEFT_OUT = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ndjson",
            paramLabel = "events=FILE",
            required = true,
            split = ",",
            description = "The dump, plain or gzip: lines of kcat -J, or bare values, which count from offset 0.")
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

    @Mixin
    private LabelOptions description;

    @Option(names = "--json", description = "Print what whisktape info --json prints.")
    private boolean json;

    @Override
    public Integer call() {
        if (!dumps.keySet().equals(Set.of("events"))) {
            throw new ParameterException(spec.commandLine(), "--ndjson takes events=FILE, got " + dumps.keySet());
        }
        try (RecordingWriter writer = RecordingWriter.create(
                        folder, description.labels, description.note, SealLimits.DEFAULT, InstantSource.system());
                DumpSource source = new DumpSource(dumps.get("events"), topic)) {
            writer.begin(null, source.topic(), source.start());
            ProgressLine line = new ProgressLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet);
            Progress end = new Recorder(List.of(source), writer, StopWhen.idleFor(Duration.ZERO), line::show).run();
            line.end();
            print(end, source);
            return source.leftOut() > 0 ? LEFT_OUT : 0;
        }
    }

    private void print(Progress end, DumpSource source) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
        } else {
            out.printf("imported %,d events into %s, %,d of them unreadable%n", end.rows(), folder, end.unreadable());
        }
        source.firstLeftOut()
                .ifPresent(first -> spec.commandLine()
                        .getErr()
                        .printf("%,d lines could not be placed and were left out; %s%n", source.leftOut(), first));
    }
}
