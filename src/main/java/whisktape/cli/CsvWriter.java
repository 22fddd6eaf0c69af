package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import whisktape.analysis.Column;

/** RFC 4180 with the line ends of this system. Null is an empty field, the empty text is two quotes. */
final class CsvWriter implements ResultPrinter.RowWriter {
    private final PrintWriter out;

    CsvWriter(PrintWriter out, List<Column> columns) {
        this.out = out;
        line(columns.stream().<Object>map(Column::name).toList());
    }

    @Override
    public void row(List<Object> values) {
        line(values);
    }

    @Override
    public void end() {}

    private void line(List<Object> values) {
        out.println(values.stream().map(CsvWriter::field).collect(Collectors.joining(",")));
    }

    private static String field(Object value) {
        if (value == null) {
            return "";
        }
        String text = Cells.text(value);
        boolean isPlain =
                !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
