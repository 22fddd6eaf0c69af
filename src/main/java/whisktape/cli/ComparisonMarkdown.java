package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;
import whisktape.analysis.Column;
import whisktape.report.ComparedRun;
import whisktape.report.RecordingComparison;

/** A comparison as Markdown, for a pull request. */
final class ComparisonMarkdown {
    private final PrintWriter out;

    ComparisonMarkdown(PrintWriter out) {
        this.out = out;
    }

    void print(RecordingComparison comparison) {
        out.println("# What changed");
        out.println();
        comparison.base().forEach(run -> run("Base", run));
        comparison.now().forEach(run -> run("New", run));
        item("Method: " + String.join(", ", ComparisonWords.method(comparison)));
        item(ComparisonWords.reach(comparison));
        ComparisonWords.warnings(comparison).forEach(this::item);
        List<List<Object>> changes = ComparisonTables.changes(comparison);
        table("Changes", ComparisonTables.CHANGE_COLUMNS, changes);
        if (changes.isEmpty()) {
            out.println();
            out.println("None that is sure and large enough to matter.");
        }
        ComparisonTables.of(comparison).forEach(table -> table(table.title(), table.columns(), table.rows()));
        for (String sentence : ComparisonTables.without(comparison)) {
            out.println();
            out.println(MarkdownWriter.escaped(sentence));
        }
    }

    private void run(String label, ComparedRun run) {
        item(label + " " + String.join(", ", ComparisonWords.run(run)));
    }

    private void item(String text) {
        out.println("- " + MarkdownWriter.escaped(text));
    }

    private void table(String title, List<Column> columns, List<List<Object>> rows) {
        out.println();
        out.println("## " + MarkdownWriter.escaped(title));
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        MarkdownWriter writer = new MarkdownWriter(out, columns);
        rows.forEach(row -> writer.row(row.stream()
                .map(cell -> cell == null ? ReportTable.NOTHING : cell)
                .toList()));
        writer.end();
    }
}
