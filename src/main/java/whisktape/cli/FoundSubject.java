package whisktape.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Window;
import whisktape.metrics.SeriesFilter;
import whisktape.recording.Recording;
import whisktape.report.Finding;
import whisktape.report.Reporter;

/**
 * A finding of a recording's report by its id, and which series are about it.
 *
 * @param finding the one meant
 */
record FoundSubject(Finding finding) {
    /** {@code R02}, or {@code R02:3} for the third one of this id. */
    private static final Pattern NAME = Pattern.compile("(\\w+)(?::([1-9]\\d*))?");

    /** How {@code container-thrash} joins its actions. */
    private static final String SEVERAL = " \\+ ";

    /** What {@code saturated-pool} calls more than one. */
    private static final String ALL_INVOKERS = "all invokers";

    /** Makes the report's findings and takes one; without a number the one with the most at stake. */
    static FoundSubject find(CommandSpec spec, Recording recording, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw WhisktapeException.refused(
                    "--finding got '" + name + "'; it takes an id as R02, or R02:3 for the third of that id");
        }
        int number = Optional.ofNullable(parts.group(2)).map(Integer::parseInt).orElse(1);
        List<Finding> findings = findings(LocalRecording.of(spec, recording));
        List<Finding> ofId = findings.stream()
                .filter(each -> each.id().equalsIgnoreCase(parts.group(1)))
                .toList();
        if (ofId.size() < number) {
            String known = findings.stream().map(Finding::id).distinct().collect(Collectors.joining(", "));
            throw WhisktapeException.refused("there is no finding " + name + " in " + recording.name() + "; "
                    + (known.isEmpty() ? "nothing was found in it" : "found was " + known)
                    + ", as whisktape analyze --findings shows");
        }
        return new FoundSubject(ofId.get(number - 1));
    }

    /** What of the metrics is about it. */
    SeriesFilter filter() {
        Map<String, String> subject = finding.subject();
        Set<String> actions = Stream.of("action", "actions", "sequence", "step")
                .map(subject::get)
                .filter(value -> value != null)
                .flatMap(value -> Arrays.stream(value.split(SEVERAL)))
                .collect(Collectors.toCollection(TreeSet::new));
        return new SeriesFilter(actions, one(subject.get("namespace")), one(subject.get("invoker")));
    }

    private static List<Finding> findings(Recording recording) {
        List<QueryFile> checks = QueryFile.list(AnalyzeCommand.queriesFolder()).stream()
                .filter(Reporter::isCheck)
                .toList();
        Window everything = new Window(Optional.empty(), Optional.empty());
        try (Analysis analysis = Reporter.open(recording, everything, checks, List.of())) {
            return Reporter.report(recording, analysis, checks, Map.of(), 0).findings();
        }
    }

    private static Set<String> one(String value) {
        return value == null || value.equals(ALL_INVOKERS) ? Set.of() : Set.of(value);
    }
}
