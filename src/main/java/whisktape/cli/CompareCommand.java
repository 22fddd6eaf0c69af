package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.analysis.Runs;
import whisktape.recording.Recording;
import whisktape.report.ComparedRun;
import whisktape.report.RecordingComparer;
import whisktape.report.RecordingComparison;

/** {@code whisktape compare}: what changed from one recording to another. */
@Command(
        name = "compare",
        description = {
            "Says what changed from one recording to another, by how much, and how sure that is.",
            "By action and for all together: response, wait, run and initialisation times, and how often calls start cold, fail,"
                    + " time out or are refused. Two recordings are two samples of a platform that is never the same"
                    + " twice: for a claim about a change give five pairs or more, recorded by turns, before and after;"
                    + " then runs are compared with runs. docs/compare.md describes the method."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape compare recordings/before recordings/after",
            "  whisktape compare recordings/a1 recordings/b1 recordings/a2 recordings/b2 --format markdown",
            "  whisktape compare recordings memory=128,concurrency=1 memory=256,concurrency=1",
            "  whisktape compare recordings/main recordings/branch --fail-on-regression -q",
            "",
            "Exit codes: 0 done, 1 failed, or a recording has nothing to compare, 2 wrong usage,",
            "3 a recording is damaged, 10 something became worse, or has no data any more (--fail-on-regression)."
        })
final class CompareCommand implements Callable<Integer> {
    private static final int CROSSED = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "BASE NEW",
            description =
                    "Folders of recordings in pairs: before and after, before and after. Or a folder of recordings, and"
                            + " labels for the ones before and the ones after: recordings memory=128 memory=256.")
    private List<Path> folders = List.of();

    @Option(
            names = "--fail-on-regression",
            description = "Exit with 10 if anything became worse, or an action of BASE has no calls in NEW.")
    private boolean failOnRegression;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the random numbers behind intervals. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private ResultPrinter printer;

    @Override
    public Integer call() {
        if (json) {
            printer.format = ResultPrinter.Format.JSON;
        }
        RecordingComparison comparison = comparison();
        Optional<String> nothing = nothingToCompare(comparison);
        if (nothing.isPresent() && !failOnRegression) {
            throw new WhisktapeException(nothing.get());
        }
        if (nothing.isEmpty()) {
            print(comparison, spec.commandLine().getOut());
        }
        return failOnRegression && isCrossed(comparison, nothing) ? CROSSED : 0;
    }

    private RecordingComparison comparison() {
        if (folders.size() == 3) {
            Optional<Runs> runs = Runs.in(folders.get(0));
            if (runs.isPresent()) {
                return comparison(
                        runs.get(), folders.get(1).toString(), folders.get(2).toString());
            }
        }
        List<Recording> recordings = recordings();
        return RecordingComparer.compare(everySecond(recordings, 0), everySecond(recordings, 1), seed);
    }

    private RecordingComparison comparison(Runs runs, String baseLabels, String newLabels) {
        RunSide base = RunSide.of(runs, baseLabels);
        RunSide now = RunSide.of(runs, newLabels);
        if (!Collections.disjoint(base.recordings(), now.recordings())) {
            throw WhisktapeException.refused("a recording is on both sides, of " + baseLabels + " and of " + newLabels
                    + "; give both a value of the same label");
        }
        if (base.recordings().size() != now.recordings().size()) {
            throw WhisktapeException.refused(base.recordings().size() + " recordings have " + baseLabels + " and "
                    + now.recordings().size() + " have " + newLabels
                    + "; both sides take as many: narrow one down by another label, as in memory=128,concurrency=1");
        }
        for (String label : runs.labels()) {
            if (!base.values(label).equals(now.values(label))
                    && !named(label, baseLabels)
                    && !named(label, newLabels)) {
                spec.commandLine()
                        .getErr()
                        .println(Cells.onOneLine("The sides differ in their label " + label + " too: "
                                + String.join(", ", base.values(label)) + " and "
                                + String.join(", ", now.values(label))));
            }
        }
        return RecordingComparer.compare(base.recordings(), now.recordings(), seed);
    }

    private static boolean named(String label, String labels) {
        return Stream.of(labels.split(",")).anyMatch(part -> part.startsWith(label + "="));
    }

    private List<Recording> recordings() {
        if (folders.isEmpty() || folders.size() % 2 == 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "recordings come in pairs, BASE NEW or BASE NEW BASE2 NEW2, and this is " + folders.size());
        }
        List<Recording> recordings = folders.stream().map(Recording::open).toList();
        Folders.requireDifferent(
                spec.commandLine(), folders, "a recording says nothing about a change when it is compared with itself");
        return recordings.stream()
                .map(recording -> LocalRecording.of(spec, recording))
                .toList();
    }

    private static List<Recording> everySecond(List<Recording> recordings, int first) {
        List<Recording> side = new ArrayList<>();
        for (int i = first; i < recordings.size(); i += 2) {
            side.add(recordings.get(i));
        }
        return side;
    }

    private static Optional<String> nothingToCompare(RecordingComparison comparison) {
        return Stream.concat(comparison.base().stream(), comparison.now().stream())
                .filter(run -> run.used() == 0)
                .map(ComparedRun::recording)
                .findFirst()
                .map(name -> "there is nothing to compare in " + name
                        + ": it has no activation whose figures count; whisktape analyze says what is in it");
    }

    private void print(RecordingComparison comparison, PrintWriter out) {
        switch (printer.format) {
            case TABLE -> new ComparisonText(out).print(comparison);
            case JSON -> Json.print(out, ComparisonJson.of(comparison));
            case MARKDOWN -> new ComparisonMarkdown(out).print(comparison);
            case CSV -> printer.print(ComparisonRows.COLUMNS, ComparisonRows.of(comparison), out);
        }
    }

    /** As with the gates of {@code analyze}, why goes to standard error. */
    private boolean isCrossed(RecordingComparison comparison, Optional<String> nothing) {
        PrintWriter err = spec.commandLine().getErr();
        if (nothing.isPresent()) {
            err.println(Cells.onOneLine("crossed: " + nothing.get()));
            return true;
        }
        List<String> crossed = ComparisonWords.regressions(comparison);
        crossed.forEach(what -> err.println(Cells.onOneLine("crossed: " + what)));
        if (!comparison.isRegression()) {
            err.println("kept: nothing became worse in " + comparison.looks() + " comparisons");
        }
        return comparison.isRegression();
    }
}
