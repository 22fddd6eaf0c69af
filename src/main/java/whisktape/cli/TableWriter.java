package whisktape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import whisktape.analysis.Column;

/**
 * Columns for the eye. The first rows decide how wide they are; no value is cut, a longer one pushes the rest of its row to
 * the right.
 */
final class TableWriter implements ResultPrinter.RowWriter {
    private static final int ROWS_MEASURED = 1000;
    private static final int CHARACTERS_MEASURED = 1 << 20;
    private static final int WIDEST_COLUMN = 60;
    private static final String NULL = "NULL";

    private final PrintWriter out;
    private final List<Column> columns;
    private final int[] widths;
    private final List<List<String>> measured = new ArrayList<>();
    private long charactersMeasured;
    private boolean isFlowing;

    TableWriter(PrintWriter out, List<Column> columns) {
        this.out = out;
        this.columns = columns;
        this.widths = new int[columns.size()];
    }

    @Override
    public void row(List<Object> values) {
        List<String> row = texts(values);
        if (isFlowing) {
            print(row);
            return;
        }
        measured.add(row);
        row.forEach(text -> charactersMeasured += text.length());
        if (measured.size() == ROWS_MEASURED || charactersMeasured >= CHARACTERS_MEASURED) {
            flow();
        }
    }

    @Override
    public void end() {
        if (!isFlowing) {
            flow();
        }
    }

    private void flow() {
        isFlowing = true;
        List<String> names =
                columns.stream().map(column -> Cells.onOneLine(column.name())).toList();
        measure(names);
        measured.forEach(this::measure);
        print(names);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        print(rule);
        measured.forEach(this::print);
        measured.clear();
    }

    private void measure(List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Math.min(length(row.get(i)), WIDEST_COLUMN));
        }
    }

    private void print(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(Math.max(0, widths[i] - length(row.get(i))));
            line.append(i == 0 ? "" : "  ");
            if (columns.get(i).isNumber()) {
                line.append(padding).append(row.get(i));
            } else {
                line.append(row.get(i)).append(i == widths.length - 1 ? "" : padding);
            }
        }
        out.println(line);
    }

    private static List<String> texts(List<Object> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values) {
            texts.add(value == null ? NULL : Cells.onOneLine(Cells.text(value)));
        }
        return texts;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
