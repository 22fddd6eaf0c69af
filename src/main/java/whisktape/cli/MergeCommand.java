package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.recording.Recording;
import whisktape.recording.RecordingMerger;
import whisktape.recording.Segment;

/** {@code whisktape merge}: recordings that continue each other become one. */
@Command(
        name = "merge",
        description = {
            "Makes one recording of several that continue each other or overlap.",
            "They are of the same topic and database, in any order. What several of them hold is in it once, what was there"
                    + " and none of them holds becomes a gap. The recordings stay as they are."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape merge recordings/monday recordings/tuesday -o recordings/both",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused: other clusters, topics or databases, or bytes that differ,",
            "3 done, but something is missing between them (a gap); or one of them is damaged: nothing was made."
        })
final class MergeCommand implements Callable<Integer> {
    private static final int GAP = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "REC", description = "The recordings' folders, two or more.")
    private List<Path> folders = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "The new recording's folder; made if it is not there.")
    private Path folder;

    @Mixin
    private LabelOptions description;

    @Option(names = "--json", description = "Print what whisktape info --json prints.")
    private boolean json;

    @Override
    public Integer call() {
        if (folders.size() < 2) {
            throw new ParameterException(spec.commandLine(), "merge takes two recordings or more, got " + folders);
        }
        for (Path source : folders) {
            if (folder.toAbsolutePath()
                    .normalize()
                    .startsWith(source.toAbsolutePath().normalize())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "-o got " + folder + ", which is within the recording " + source + "; name a folder elsewhere");
            }
        }
        Folders.requireDifferent(spec.commandLine(), folders, "a recording has nothing to add to itself");
        List<Recording> recordings = folders.stream().map(Recording::open).toList();
        RecordingMerger.Merged merged = RecordingMerger.merge(recordings, folder, description.labels, description.note);
        print(merged);
        Map<String, List<String>> different = RecordingMerger.differentLabels(recordings);
        different.keySet().removeAll(description.labels.keySet());
        PrintWriter err = spec.commandLine().getErr();
        different.forEach((label, values) -> err.println(Cells.onOneLine("label " + label + " is "
                + merged.manifest().labels().get(label) + " in the recording that began last, and so in the new one;"
                + " before it was " + String.join(", ", values.subList(0, values.size() - 1)))));
        merged.gaps().forEach(gap -> err.println("missing between the recordings: " + gap.what()));
        return merged.gaps().isEmpty() ? 0 : GAP;
    }

    private void print(RecordingMerger.Merged merged) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, new RecordingSummary(Recording.open(folder)).toJson());
            return;
        }
        out.printf(
                "merged %d recordings into %s: %,d events and %,d activations; %,d rows more were in several of them%n",
                folders.size(),
                folder,
                rows(merged, Segment.EVENTS),
                rows(merged, Segment.ACTIVATIONS),
                merged.repeated());
    }

    private static long rows(RecordingMerger.Merged merged, String table) {
        return merged.manifest().segments(table).stream()
                .mapToLong(Segment::rows)
                .sum();
    }
}
