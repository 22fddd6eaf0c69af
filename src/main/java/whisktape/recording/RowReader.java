package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Goes through a segment's rows, and reads their values column by column in the order of the schema asked for. Who wants some of the
 * values only takes {@link #chunks} instead.
 */
final class RowReader implements AutoCloseable {
    private final SegmentRows rows;
    private int rowGroup;
    private long rowCount;
    private long begun;
    private int column;

    RowReader(Path path, MessageType schema) {
        this.rows = new SegmentRows(path, schema);
    }

    /** True if there is a row that was not begun yet. */
    boolean hasRow() {
        while (begun == rowCount) {
            rowCount = rows.nextRowGroup();
            begun = 0;
            rowGroup++;
        }
        return rowCount > 0;
    }

    /** The range of a column of the row group that comes next; empty within a row group, and where it is not known. */
    Optional<LongRange> nextRange(String column) {
        return begun == rowCount ? rows.nextRange(column) : Optional.empty();
    }

    /** Passes over the row group that comes next. */
    void skipRowGroup() {
        rows.skipRowGroup();
        rowGroup++;
    }

    void begin() {
        begun++;
        column = 0;
    }

    /** The number of the row group of the row begun last. */
    int rowGroup() {
        return rowGroup;
    }

    /** Where in its row group the row begun last stands. */
    int row() {
        return Math.toIntExact(begun - 1);
    }

    /** The columns of the row group. */
    ColumnChunk[] chunks() {
        return rows.chunks();
    }

    /** The next column, for values with levels of their own. */
    ColumnCursor next() {
        return rows.columns()[column++];
    }

    int integer() {
        return Math.toIntExact(number());
    }

    long number() {
        return next().nextNumber();
    }

    boolean flag() {
        return (Boolean) next().next();
    }

    /** Null for none, as in the methods below. */
    Long optionalNumber() {
        return (Long) next().next();
    }

    Boolean optionalFlag() {
        return (Boolean) next().next();
    }

    /** Bytes that nobody may change, the same object where the dictionary or the statistics have it. */
    Binary binary() {
        return (Binary) next().next();
    }

    /** A copy of the bytes. */
    byte[] bytes() {
        Binary value = binary();
        return value == null ? null : value.getBytes();
    }

    String text() {
        Binary value = binary();
        return value == null ? null : value.toStringUsingUTF8();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
