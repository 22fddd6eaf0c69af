package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Writes the values of a row into a file's columns, one after the other in the order of its schema. */
final class RowWriter {
    /** Names and kinds repeat; whoever sends more different ones than this only loses the shortcut. */
    private static final int KNOWN_TEXTS = 8192;

    private static final int LONGEST_KNOWN_CHARS = 255;

    private final SegmentFile file;
    private final Map<String, Binary> knownTexts = new HashMap<>();
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
    ColumnWriter next() {
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

    /** A {@link Binary}, {@link Long} or {@link Boolean}. */
    void value(Object value) {
        if (value instanceof Binary bytes) {
            next().write(bytes, 0, 1);
        } else if (value instanceof Boolean flag) {
            flag(flag);
        } else {
            number((Long) value);
        }
    }

    void bytes(byte[] value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(Binary.fromConstantByteArray(value), 0, 1);
        }
    }

    /** A text that other rows are likely to have too. */
    void text(String value) {
        value(known(value));
    }

    /** A text that no other row is likely to have. */
    void rareText(String value) {
        value(utf8(value));
    }

    void absent(int columns) {
        for (int i = 0; i < columns; i++) {
            next().writeNull(0, 0);
        }
    }

    /** The bytes of a text that no other row is likely to have; null for null. */
    static Binary utf8(String text) {
        return text == null ? null : Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a text that other rows are likely to have too; null for null. */
    Binary known(String text) {
        if (text == null) {
            return null;
        }
        Binary known = knownTexts.get(text);
        if (known == null) {
            known = utf8(text);
            if (knownTexts.size() < KNOWN_TEXTS && text.length() <= LONGEST_KNOWN_CHARS) {
                knownTexts.put(text, known);
            }
        }
        return known;
    }
}
