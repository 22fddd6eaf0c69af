package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;

/**
 * Reads the columns of an event from the first of {@link EventColumns#SCHEMA} to the last that holds something of its JSON.
 * {@link #value} is the one place that knows how the bytes of a value are stored: as they are, or as a shape and the typed columns.
 */
final class MessageColumns {
    /** Of many more row groups than one. */
    private static final int MOST_SHAPES = 1024;

    /** A row group has one object for each shape, in its dictionary or statistics: to know it is cheaper than to compare its text. */
    private final Map<Binary, Shape> shapes = new IdentityHashMap<>();

    /** Of the row read last, by {@link EventField#ordinal()}. */
    private final Object[] typed = new Object[EventField.COUNT];

    private Binary lastTypeText;
    private Message.TimestampType lastType;

    Message read(RowReader row) {
        int incarnation = row.integer();
        int partition = row.integer();
        long offset = row.number();
        Long timestampMs = row.optionalNumber();
        Message.TimestampType type = timestampType(row);
        long recordedAtMs = row.number();
        byte[] key = row.bytes();
        byte[] stored = row.bytes();
        Shape shape = shape(row);
        List<Message.Header> headers = headers(row);
        readTyped(row);
        return new Message(
                incarnation,
                partition,
                offset,
                timestampMs == null ? Message.NO_TIMESTAMP : timestampMs,
                type,
                recordedAtMs,
                key,
                value(stored, shape, typed),
                headers);
    }

    /** A number of the row read last; null if there is none. */
    Long number(EventField column) {
        return (Long) typed[column.ordinal()];
    }

    /** A flag of the row read last; null if there is none. */
    Boolean flag(EventField column) {
        return (Boolean) typed[column.ordinal()];
    }

    /** A text of the row read last; null if there is none. */
    String text(EventField column) {
        Object text = typed[column.ordinal()];
        return text == null ? null : new String((byte[]) text, StandardCharsets.UTF_8);
    }

    private static byte[] value(byte[] stored, Shape shape, Object[] typed) {
        return shape == null ? stored : shape.fill(typed);
    }

    private Shape shape(RowReader row) {
        Binary text = row.binary();
        if (text == null) {
            return null;
        }
        if (shapes.size() > MOST_SHAPES) {
            shapes.clear();
        }
        return shapes.computeIfAbsent(text, key -> Shape.of(key.toStringUsingUTF8()));
    }

    private void readTyped(RowReader row) {
        for (int i = 0; i < typed.length; i++) {
            Object value = row.next().next();
            typed[i] = value instanceof Binary text ? text.getBytesUnsafe() : value;
        }
    }

    /** A row group has one object for each type, in its dictionary or statistics: to know it is cheaper than to read it. */
    private Message.TimestampType timestampType(RowReader row) {
        Binary text = row.binary();
        if (text != lastTypeText) {
            lastType = TimestampTypes.fromText(text.toStringUsingUTF8());
            lastTypeText = text;
        }
        return lastType;
    }

    /** Levels of headers.list.element: the list is there at 1, an element at 2. */
    private static List<Message.Header> headers(RowReader row) {
        ColumnCursor keys = row.next();
        ColumnCursor values = row.next();
        if (keys.definition() == 0) {
            keys.next();
            values.next();
            return List.of();
        }
        List<Message.Header> headers = new ArrayList<>();
        do {
            Binary key = (Binary) keys.next();
            Binary value = (Binary) values.next();
            headers.add(new Message.Header(key.toStringUsingUTF8(), value == null ? null : value.getBytes()));
        } while (keys.isOfSameList());
        return headers;
    }
}
