package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/** Every column of every row, as text that differs wherever a byte or a null does. */
public final class RecordedRows {
    private RecordedRows() {}

    /** The rows of a table in the order of its segments; a row is a list of its columns' values. */
    public static List<String> of(Recording recording, String table) {
        return of(recording, table, List.of());
    }

    /** The same without some columns. */
    public static List<String> of(Recording recording, String table, List<String> withoutColumns) {
        List<String> all = new ArrayList<>();
        for (Segment segment : recording.segments(table)) {
            try (SegmentRows rows =
                    new SegmentRows(recording.fileOf(segment), Table.of(table).schema())) {
                for (long left = rows.nextRowGroup(); left >= 0; left = rows.nextRowGroup()) {
                    for (; left > 0; left--) {
                        all.add(row(rows.columns(), withoutColumns));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static String row(ColumnCursor[] columns, List<String> without) {
        StringBuilder row = new StringBuilder();
        for (ColumnCursor column : columns) {
            String name = String.join(".", column.column().getPath());
            do {
                String value = value(column);
                if (!without.contains(name)) {
                    row.append(name).append('=').append(value).append(' ');
                }
            } while (column.isOfSameList());
        }
        return row.toString();
    }

    private static String value(ColumnCursor column) {
        int level = column.definition();
        Object value = column.next();
        if (value == null) {
            return "null at " + level;
        }
        return value instanceof Binary bytes ? text(bytes.getBytes()) : value.toString();
    }

    /** Short ones for reading, long ones by their hash. */
    private static String text(byte[] bytes) {
        if (bytes.length > 300) {
            return "hash " + HexFormat.of().formatHex(Durable.newDigest().digest(bytes));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? "'" + text + "'"
                : HexFormat.of().formatHex(bytes);
    }
}
