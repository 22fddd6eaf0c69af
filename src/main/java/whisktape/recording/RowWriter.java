package whisktape.recording;

import org.apache.parquet.io.api.Binary;

/** Writes the values of a row into a file's columns, one after the other in the order of its schema. */
final class RowWriter {
    private final SegmentFile file;
    private int column;

    RowWriter(SegmentFile file) {
        this.file = file;
    }

    void begin() {
        column = 0;
    }

    /** Ends the row; the size is what it holds in memory. */
    void end(long sizeBytes) {
        file.endRow(sizeBytes);
    }

    /** The next column, for values with levels of their own. */
    ColumnBuffer next() {
        return file.columns()[column++];
    }

    void required(int value) {
        next().write(value, 0, 0);
    }

    void required(long value) {
        next().write(value, 0, 0);
    }

    void required(boolean value) {
        next().write(value, 0, 0);
    }

    /** Null for none, as in the methods below. */
    void number(Long value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(value.longValue(), 0, 1);
        }
    }

    void flag(Boolean value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(value.booleanValue(), 0, 1);
        }
    }

    void bytes(byte[] value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(Binary.fromConstantByteArray(value), 0, 1);
        }
    }

    void text(String value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(value, 0, 1);
        }
    }

    void absent(int columns) {
        for (int i = 0; i < columns; i++) {
            next().writeNull(0, 0);
        }
    }
}
