package whisktape.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import whisktape.analysis.Column;

/**
 * Rows of a report in a hundred characters: names of columns stand in several lines above narrow figures, long texts lose their middle, and
 * what still does not fit is left out and named.
 */
final class ReportTable {
    static final String NOTHING = "–";
    private static final int NARROWEST_TEXT = 20;

    /** The report's first lines say the year; a thousandth of a second is no help in a table. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String GAP = "  ";
    private static final String SHARE = "_share";

    /** A place with a digit before it and groups of three behind it, up to a point or the end. */
    private static final Pattern THOUSANDS = Pattern.compile("(?<=^-?\\d{1,15})(?=(\\d{3})+(\\.|$))");

    private final List<Column> columns;
    private final List<List<String>> rows;
    private final int[] widths;
    private int shown;

    ReportTable(List<Column> columns, List<List<Object>> rows) {
        this.columns = columns;
        this.rows = rows.stream().map(this::texts).toList();
        this.widths = new int[columns.size()];
        this.shown = columns.size();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(longestWord(columns.get(i).name()), widest(i));
        }
        narrow();
    }

    /** Prints header and rows; returns the names of the columns for which there was no room. */
    List<String> print(PrintWriter out, String indent) {
        List<List<String>> names = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            names.add(stacked(columns.get(i).name(), widths[i]));
        }
        int height = names.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            List<String> cells = new ArrayList<>();
            for (List<String> name : names) {
                int place = line - (height - name.size());
                cells.add(place < 0 ? "" : name.get(place));
            }
            print(out, indent, cells);
        }
        print(
                out,
                indent,
                Arrays.stream(widths).limit(shown).mapToObj("-"::repeat).toList());
        rows.forEach(row -> print(out, indent, row));
        return columns.subList(shown, columns.size()).stream().map(Column::name).toList();
    }

    private void narrow() {
        while (width() > Wrapped.WIDTH) {
            int widestText = -1;
            for (int i = 0; i < shown; i++) {
                if (!columns.get(i).isNumber() && (widestText < 0 || widths[i] > widths[widestText])) {
                    widestText = i;
                }
            }
            if (widestText >= 0 && widths[widestText] > NARROWEST_TEXT) {
                widths[widestText]--;
            } else if (shown > 1) {
                shown--;
            } else {
                return;
            }
        }
    }

    private int width() {
        return Arrays.stream(widths).limit(shown).sum() + GAP.length() * shown;
    }

    private void print(PrintWriter out, String indent, List<String> cells) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < shown; i++) {
            String cell = shortened(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).isNumber() ? padding + cell : cell + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /** The middle goes: names of one owner begin alike, and actions of one kind end alike. */
    private static String shortened(String text, int width) {
        int[] points = text.codePoints().toArray();
        if (points.length <= width) {
            return text;
        }
        int tail = (width - 1) / 2;
        int head = width - 1 - tail;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }

    /** {@code wait_ms_p95} in as many lines as the width asks for, broken before its underscores. */
    private static List<String> stacked(String name, int width) {
        List<String> lines = new ArrayList<>();
        for (String word : words(name)) {
            int last = lines.size() - 1;
            if (last >= 0 && length(lines.get(last)) + length(word) <= width) {
                lines.set(last, lines.get(last) + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private static String[] words(String name) {
        return Cells.onOneLine(name).split("(?<=.)(?=_)");
    }

    private static int longestWord(String name) {
        return Arrays.stream(words(name)).mapToInt(ReportTable::length).max().orElse(0);
    }

    private List<String> texts(List<Object> row) {
        List<String> texts = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            texts.add(
                    value == null
                            ? NOTHING
                            : Cells.onOneLine(text(columns.get(i).name(), value)));
        }
        return texts;
    }

    private static String text(String column, Object value) {
        if (value instanceof Instant time) {
            return TIME.format(time);
        }
        if (value instanceof Double share && column.endsWith(SHARE)) {
            return "%.1f %%".formatted(100 * share);
        }
        return value instanceof Number ? grouped(Cells.text(value)) : Cells.text(value);
    }

    /** With a comma between thousands. */
    private static String grouped(String number) {
        return THOUSANDS.matcher(number).replaceAll(",");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
