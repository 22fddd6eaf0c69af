package whisktape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import whisktape.Version;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Rows;
import whisktape.analysis.Window;
import whisktape.recording.Recording;

/**
 * Makes a {@link Report}: runs every query that names a report in its header or is a check, and ranks what the checks found.
 *
 * <p>The same recording, version and variables give the same report to the last bit: rows are fully ordered by their queries, and what
 * threads in another order may change of a sum of fractions is rounded away.
 */
public final class Reporter {
    private static final Comparator<Finding> MOST_AT_STAKE = Comparator.comparingDouble(Finding::atStakeMs)
            .reversed()
            .thenComparing(Finding::id)
            .thenComparing(Finding::query)
            // Before names, so that a shared recording has them in the same order.
            .thenComparing(Comparator.comparingLong(Finding::n).reversed())
            .thenComparing(finding -> finding.subject().toString())
            .thenComparing(Finding::claim);

    private static final Comparator<Section> BY_REPORT = Comparator.comparing(
                    (Section section) -> section.header().report().orElse(""))
            .thenComparing(Section::query);

    /** More than charts of bounded queries have; a user's own that has more is cut. */
    private static final int ROWS_PER_CHART = 100_000;

    private final Recording recording;
    private final Analysis analysis;
    private final Map<String, String> variables;
    private final int rowsPerSection;

    private Reporter(Recording recording, Analysis analysis, Map<String, String> variables, int rowsPerSection) {
        this.recording = recording;
        this.analysis = analysis;
        this.variables = variables;
        this.rowsPerSection = rowsPerSection;
    }

    /** Whether a query's rows are candidates for findings. */
    public static boolean isCheck(QueryFile query) {
        return Check.is(query);
    }

    /**
     * Opens a recording for a report, and for whatever else will be asked of it.
     *
     * @param queries of the report
     * @param more SQL that will be asked beside it
     */
    public static Analysis open(Recording recording, Window window, List<QueryFile> queries, List<String> more) {
        return Analysis.openFor(questions(queries, more), recording, window);
    }

    /** All that a report of these queries asks, and this. */
    public static List<String> questions(List<QueryFile> queries, List<String> more) {
        List<String> questions = new ArrayList<>(more);
        questions.add(QualityQuery.SQL);
        queries.forEach(query -> questions.add(query.sql()));
        return questions;
    }

    /**
     * The report of these queries.
     *
     * @param analysis of the recording
     * @param variables values for those of the queries that have them
     * @param rowsPerSection how many rows of each to keep
     */
    public static Report report(
            Recording recording,
            Analysis analysis,
            List<QueryFile> queries,
            Map<String, String> variables,
            int rowsPerSection) {
        return new Reporter(recording, analysis, variables, rowsPerSection).report(queries);
    }

    /** What the charts of a page are drawn of: the answers of those queries that name reports to illustrate, by name. */
    public static List<Section> charts(
            Recording recording, Analysis analysis, List<QueryFile> queries, Map<String, String> variables) {
        Reporter reporter = new Reporter(recording, analysis, variables, ROWS_PER_CHART);
        return queries.stream()
                .filter(query -> query.header().isForCharts())
                .map(reporter::section)
                .toList();
    }

    private Report report(List<QueryFile> queries) {
        Quality quality = QualityQuery.run(recording, analysis);
        List<Finding> findings = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        for (QueryFile query : queries) {
            if (Check.is(query)) {
                findings.addAll(check(query, quality));
            } else if (query.header().report().isPresent()) {
                sections.add(section(query));
            }
        }
        findings.sort(MOST_AT_STAKE);
        sections.sort(BY_REPORT);
        return new Report(recording.name(), Version.TOOL, quality, List.copyOf(findings), List.copyOf(sections));
    }

    private List<Finding> check(QueryFile query, Quality quality) {
        try (Rows rows = analysis.query(query, variables)) {
            return new Check(query, rows.columns(), quality.responseMs()).findings(rows);
        }
    }

    private Section section(QueryFile query) {
        try (Rows rows = analysis.query(query, variables)) {
            List<List<Object>> first = new ArrayList<>();
            long more = 0;
            while (rows.hasNext()) {
                List<Object> row = rows.next();
                if (first.size() < rowsPerSection) {
                    first.add(row.stream().map(Figures::rounded).toList());
                } else {
                    more++;
                }
            }
            return new Section(query.name(), query.header(), rows.columns(), List.copyOf(first), more);
        }
    }
}
