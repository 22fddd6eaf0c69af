package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import whisktape.recording.SegmentRows.Constant;

/** Reads the values of a segment's rows, column by column in the order of the schema asked for. */
final class RowReader implements AutoCloseable {
    private final SegmentRows rows;
    private long rowsLeft;
    private int column;

    RowReader(Path path, MessageType schema) {
        this.rows = new SegmentRows(path, schema);
    }

    /** True if there is a row that was not begun yet. */
    boolean hasRow() {
        while (rowsLeft == 0) {
            rowsLeft = rows.nextRowGroup();
        }
        return rowsLeft > 0;
    }

    void begin() {
        rowsLeft--;
        column = 0;
    }

    /** What the next column holds in every row of the row group; null if it is not the same everywhere. */
    Constant constant() {
        return rows.constant(column);
    }

    /** The next column, for values with levels of their own, and for who has asked for its constant. */
    ColumnReader next() {
        return rows.columns()[column++];
    }

    void skip(int columns) {
        column += columns;
    }

    int integer() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Integer) constant.value();
        }
        int value = reader.getInteger();
        reader.consume();
        return value;
    }

    long number() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Long) constant.value();
        }
        long value = reader.getLong();
        reader.consume();
        return value;
    }

    boolean flag() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Boolean) constant.value();
        }
        boolean value = reader.getBoolean();
        reader.consume();
        return value;
    }

    /** Null for none, as in the methods below. */
    Long optionalNumber() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Long) constant.value();
        }
        Long value = reader.getCurrentDefinitionLevel() == 0 ? null : (Long) reader.getLong();
        reader.consume();
        return value;
    }

    Boolean optionalFlag() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Boolean) constant.value();
        }
        Boolean value = reader.getCurrentDefinitionLevel() == 0 ? null : (Boolean) reader.getBoolean();
        reader.consume();
        return value;
    }

    /** Bytes that nobody may change, the same object where the dictionary or the statistics have it. */
    Binary binary() {
        Constant constant = constant();
        ColumnReader reader = next();
        if (constant != null) {
            return (Binary) constant.value();
        }
        Binary value = reader.getCurrentDefinitionLevel() == 0 ? null : reader.getBinary();
        reader.consume();
        return value;
    }

    byte[] bytes() {
        Binary value = binary();
        return value == null ? null : value.getBytes();
    }

    String text() {
        byte[] utf8 = bytes();
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
