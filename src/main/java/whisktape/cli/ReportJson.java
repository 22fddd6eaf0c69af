package whisktape.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import whisktape.Times;
import whisktape.analysis.Column;
import whisktape.report.Finding;
import whisktape.report.Quality;
import whisktape.report.Report;
import whisktape.report.Section;

/** A report as the command line's contract has it in JSON. */
final class ReportJson {
    private ReportJson() {}

    static Map<String, Object> of(Report report) {
        return Json.object(
                "recording",
                report.recording(),
                "tool",
                report.tool(),
                "quality",
                quality(report.quality()),
                "findings",
                report.findings().stream().map(ReportJson::finding).toList(),
                "sections",
                report.sections().stream().map(ReportJson::section).toList());
    }

    private static Map<String, Object> quality(Quality quality) {
        return Json.object(
                "rows",
                quality.rows(),
                "base_set",
                quality.baseSet(),
                "excluded",
                quality.excluded(),
                "found_in",
                quality.foundIn(),
                "duplicates",
                quality.duplicates(),
                "unreadable",
                quality.unreadable(),
                "gaps",
                quality.gaps().stream().map(RecordingSummary::gap).toList(),
                "span",
                Json.object(
                        "from", quality.from().map(Times::format).orElse(null),
                        "until", quality.until().map(Times::format).orElse(null)),
                "wait_ms",
                quality.waitMs(),
                "init_ms",
                quality.initMs(),
                "run_ms",
                quality.runMs());
    }

    private static Map<String, Object> finding(Finding finding) {
        return Json.object(
                "id",
                finding.id(),
                "claim",
                finding.claim(),
                "at_stake_ms",
                finding.atStakeMs(),
                "at_stake_share",
                finding.share(),
                "n",
                finding.n(),
                "ci95",
                finding.ci95().map(ci -> List.of(ci.low(), ci.high())).orElse(null),
                "confidence",
                finding.confidence(),
                "subject",
                finding.subject(),
                "next",
                finding.next(),
                "query",
                finding.query());
    }

    private static Map<String, Object> section(Section section) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<Object> row : section.rows()) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                object.put(section.columns().get(i).name(), Cells.forJson(row.get(i)));
            }
            rows.add(object);
        }
        return Json.object(
                "id",
                section.header().report().orElse(null),
                "title",
                section.header().reportTitle(),
                "query",
                section.query(),
                "answers",
                section.header().answers(),
                "columns",
                section.columns().stream().map(Column::name).toList(),
                "rows",
                rows,
                "more_rows",
                section.more());
    }
}
