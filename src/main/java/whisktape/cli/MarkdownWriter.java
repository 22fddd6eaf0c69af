package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import whisktape.analysis.Column;

/** A table as GitHub's Markdown has it. */
final class MarkdownWriter implements ResultPrinter.RowWriter {
    private static final Pattern MARKS = Pattern.compile("[\\\\`*\\[|]");

    private final PrintWriter out;

    MarkdownWriter(PrintWriter out, List<Column> columns) {
        this.out = out;
        line(columns.stream().map(column -> escaped(column.name())).toList());
        line(columns.stream().map(column -> column.isNumber() ? "---:" : "---").toList());
    }

    @Override
    public void row(List<Object> values) {
        line(values.stream()
                .map(value -> value == null ? "NULL" : escaped(Cells.text(value)))
                .toList());
    }

    @Override
    public void end() {}

    private void line(List<String> cells) {
        out.println(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** Text in which nothing is a mark, a cell's end or HTML. */
    static String escaped(String text) {
        return MARKS.matcher(Cells.onOneLine(text).replace("&", "&amp;").replace("<", "&lt;"))
                .replaceAll("\\\\$0");
    }
}
