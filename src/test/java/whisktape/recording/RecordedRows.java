package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.column.ColumnReader;

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

    private static String row(ColumnReader[] columns, List<String> without) {
        StringBuilder row = new StringBuilder();
        for (ColumnReader column : columns) {
            String name = String.join(".", column.getDescriptor().getPath());
            do {
                if (!without.contains(name)) {
                    row.append(name).append('=').append(value(column)).append(' ');
                }
                column.consume();
            } while (column.getCurrentRepetitionLevel() > 0);
        }
        return row.toString();
    }

    private static String value(ColumnReader column) {
        int level = column.getCurrentDefinitionLevel();
        if (level < column.getDescriptor().getMaxDefinitionLevel()) {
            return "null at " + level;
        }
        return switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> Integer.toString(column.getInteger());
            case INT64 -> Long.toString(column.getLong());
            case BOOLEAN -> Boolean.toString(column.getBoolean());
            case BINARY -> text(column.getBinary().getBytes());
            default -> throw new IllegalStateException("no column of ours is " + column.getDescriptor());
        };
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
