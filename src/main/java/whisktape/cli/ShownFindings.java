package whisktape.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import whisktape.report.Finding;
import whisktape.report.Report;

/**
 * The findings that a printed report shows: of each query those with the most at stake, since thousands of actions may fail in the same way.
 * Without sections it shows all.
 *
 * @param shown in their order
 * @param more how many others there are, of which report; empty where there are none
 */
record ShownFindings(List<Numbered> shown, String more) {
    private static final int OF_A_QUERY = 10;

    /**
     * One of them.
     *
     * @param number its place among all
     */
    record Numbered(int number, Finding finding) {}

    static ShownFindings of(Report report) {
        int most = report.sections().isEmpty() ? Integer.MAX_VALUE : OF_A_QUERY;
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> hidden = new TreeMap<>();
        List<Numbered> shown = new ArrayList<>();
        int number = 0;
        for (Finding finding : report.findings()) {
            number++;
            if (counts.merge(finding.query(), 1, Integer::sum) <= most) {
                shown.add(new Numbered(number, finding));
            } else {
                hidden.merge(finding.id(), 1, Integer::sum);
            }
        }
        return new ShownFindings(
                shown,
                hidden.entrySet().stream()
                        .map(more -> String.format(Locale.ROOT, "%,d more of %s", more.getValue(), more.getKey()))
                        .collect(Collectors.joining(", ")));
    }
}
