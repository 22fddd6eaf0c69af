package whisktape.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import whisktape.Times;
import whisktape.report.ComparedRow;
import whisktape.report.ComparedRun;
import whisktape.report.RecordingComparison;
import whisktape.statistics.Verdict.Outcome;

/** A comparison as one JSON object. */
final class ComparisonJson {
    private ComparisonJson() {}

    static Map<String, Object> of(RecordingComparison comparison) {
        return Json.object(
                "tool", comparison.tool(),
                "base", comparison.base().stream().map(ComparisonJson::run).toList(),
                "new", comparison.now().stream().map(ComparisonJson::run).toList(),
                "seed", comparison.seed(),
                "comparisons", comparison.looks(),
                "within_run", !comparison.isOfRuns(),
                "thinned", comparison.isThinned(),
                "regression", comparison.isRegression(),
                "worse", comparison.rows(Outcome.WORSE).size(),
                "better", comparison.rows(Outcome.BETTER).size(),
                "only_in_base", comparison.onlyInBase(),
                "only_in_new", comparison.onlyInNew(),
                "without_data", comparison.missing(),
                "warnings", ComparisonWords.warnings(comparison),
                "rows", comparison.rows().stream().map(ComparisonJson::row).toList());
    }

    private static Map<String, Object> run(ComparedRun run) {
        return Json.object(
                "recording", run.recording(),
                "rows", run.rows(),
                "used", run.used(),
                "excluded", run.excluded(),
                "from", run.from().map(Times::format).orElse(null),
                "until", run.until().map(Times::format).orElse(null));
    }

    private static Map<String, Object> row(ComparedRow row) {
        List<Object> values = ComparisonRows.row(row);
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            object.put(ComparisonRows.COLUMNS.get(i).name(), values.get(i));
        }
        return object;
    }
}
