package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;
import whisktape.report.ComparedRun;
import whisktape.report.RecordingComparison;

/** A comparison for the terminal: what was compared, what changed, then a table for each metric. */
final class ComparisonText {
    private final PrintWriter out;

    ComparisonText(PrintWriter out) {
        this.out = out;
    }

    void print(RecordingComparison comparison) {
        runs("base    ", comparison.base());
        runs("new     ", comparison.now());
        Wrapped.print(out, "method  ", ", ", ComparisonWords.method(comparison));
        out.println();
        Wrapped.print(out, "", ComparisonWords.reach(comparison));
        ComparisonWords.warnings(comparison).forEach(warning -> Wrapped.print(out, "", warning));
        changes(comparison);
        for (ComparisonTables.Table table : ComparisonTables.of(comparison)) {
            out.println();
            Wrapped.print(out, "", table.title());
            out.println();
            new ReportTable(table.columns(), table.rows()).print(out, "");
        }
        for (String sentence : ComparisonTables.without(comparison)) {
            out.println();
            Wrapped.print(out, "", sentence);
        }
    }

    private void runs(String label, List<ComparedRun> runs) {
        String first = label;
        for (ComparedRun run : runs) {
            Wrapped.print(out, first, ", ", ComparisonWords.run(run));
            first = " ".repeat(label.length());
        }
    }

    private void changes(RecordingComparison comparison) {
        List<List<Object>> changes = ComparisonTables.changes(comparison);
        out.println();
        out.println("CHANGES");
        out.println();
        if (changes.isEmpty()) {
            Wrapped.print(out, "", "None that is sure and large enough to matter.");
        } else {
            new ReportTable(ComparisonTables.CHANGE_COLUMNS, changes).print(out, "");
        }
    }
}
