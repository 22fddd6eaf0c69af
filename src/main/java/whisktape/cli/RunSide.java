package whisktape.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import whisktape.WhisktapeException;
import whisktape.analysis.Runs;
import whisktape.recording.Recording;

/** One side of a comparison: those of a folder's recordings that have these labels, such as {@code memory=128,concurrency=1}. */
record RunSide(String text, List<Recording> recordings) {

    /** In the order in which they were begun. */
    static RunSide of(Runs runs, String text) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int end = part.indexOf('=');
            if (end < 1) {
                throw WhisktapeException.refused(
                        "'" + text
                                + "' names no recordings of a folder; it takes labels, as in memory=128 or memory=128,concurrency=1");
            }
            wanted.put(part.substring(0, end), part.substring(end + 1));
        }
        List<Recording> found = runs.recordings().stream()
                .filter(each -> each.manifest().labels().entrySet().containsAll(wanted.entrySet()))
                .sorted(Comparator.comparing(each -> each.manifest().created()))
                .toList();
        if (found.isEmpty()) {
            throw WhisktapeException.refused("no recording there has " + text + "; " + known(runs));
        }
        return new RunSide(text, found);
    }

    /** Which values of a label its recordings have; what the other side has otherwise differs beside what is compared. */
    TreeSet<String> values(String label) {
        return recordings.stream()
                .map(each -> each.manifest().labels().getOrDefault(label, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String known(Runs runs) {
        if (runs.labels().isEmpty()) {
            return "none has labels, which record --label k=v gives";
        }
        return runs.labels().stream()
                .map(label -> label + "="
                        + runs.recordings().stream()
                                .map(each -> each.manifest().labels().get(label))
                                .filter(value -> value != null)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining("|")))
                .collect(Collectors.joining(", ", "their labels are ", ""));
    }
}
