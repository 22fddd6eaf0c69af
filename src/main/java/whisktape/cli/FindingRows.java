package whisktape.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import whisktape.analysis.Column;
import whisktape.report.Finding;
import whisktape.report.Report;
import whisktape.statistics.Interval;

/** The findings of a report as rows, for spreadsheets. */
final class FindingRows {
    static final List<Column> COLUMNS = List.of(
            new Column("id", false),
            new Column("claim", false),
            new Column("at_stake_ms", true),
            new Column("at_stake_share", true),
            new Column("ci95_low_ms", true),
            new Column("ci95_high_ms", true),
            new Column("n", true),
            new Column("confidence", false),
            new Column("subject", false),
            new Column("next", false),
            new Column("query", false));

    private FindingRows() {}

    static Iterator<List<Object>> of(Report report) {
        return report.findings().stream().map(FindingRows::row).iterator();
    }

    private static List<Object> row(Finding finding) {
        return Arrays.asList(
                finding.id(),
                finding.claim(),
                finding.atStakeMs(),
                finding.share(),
                finding.ci95().map(Interval::low).orElse(null),
                finding.ci95().map(Interval::high).orElse(null),
                finding.n(),
                finding.confidence(),
                finding.subject(),
                finding.next(),
                finding.query());
    }
}
