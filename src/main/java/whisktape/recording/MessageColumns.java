package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;
import whisktape.recording.SegmentRows.Constant;

/**
 * Reads the columns of an event from the first of {@link EventColumns#SCHEMA} to the last that holds something of its JSON.
 * {@link #value} is the one place that knows how the bytes of a value are stored: as they are, or as a shape and the typed columns.
 */
final class MessageColumns {
    private static final PrimitiveTypeName[] TYPES = Stream.of(EventField.values())
            .map(column -> EventColumns.SCHEMA
                    .getType(column.column())
                    .asPrimitiveType()
                    .getPrimitiveTypeName())
            .toArray(PrimitiveTypeName[]::new);

    private final Map<Binary, Shape> shapes = new HashMap<>();

    /** Of the row read last, by {@link EventField#ordinal()}. */
    private final Object[] typed = new Object[EventField.COUNT];

    private Binary lastTypeText;
    private Message.TimestampType lastType;
    private Binary lastShapeText;
    private Shape lastShape;

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
        // A row group has one object for each shape, in its dictionary or statistics.
        if (text != lastShapeText) {
            lastShape = shapes.computeIfAbsent(text, key -> Shape.of(key.toStringUsingUTF8()));
            lastShapeText = text;
        }
        return lastShape;
    }

    private void readTyped(RowReader row) {
        for (int i = 0; i < typed.length; i++) {
            typed[i] = switch (TYPES[i]) {
                case INT64 -> row.optionalNumber();
                case BOOLEAN -> row.optionalFlag();
                default -> row.bytes();
            };
        }
    }

    /** A row group has one object for each type, in its dictionary or statistics: to know it is cheaper than to read it. */
    private Message.TimestampType timestampType(RowReader row) {
        Constant constant = row.constant();
        ColumnReader reader = row.next();
        Binary text = constant == null ? reader.getBinary() : (Binary) constant.value();
        if (constant == null) {
            reader.consume();
        }
        if (text != lastTypeText) {
            lastType = TimestampTypes.fromText(text.toStringUsingUTF8());
            lastTypeText = text;
        }
        return lastType;
    }

    private static List<Message.Header> headers(RowReader row) {
        if (row.constant() != null && row.constant().value() == null) {
            row.skip(2);
            return List.of();
        }
        ColumnReader keys = row.next();
        ColumnReader values = row.next();
        if (keys.getCurrentDefinitionLevel() == 0) {
            keys.consume();
            values.consume();
            return List.of();
        }
        List<Message.Header> headers = new ArrayList<>();
        do {
            byte[] value = values.getCurrentDefinitionLevel() < 3
                    ? null
                    : values.getBinary().getBytes();
            headers.add(new Message.Header(keys.getBinary().toStringUsingUTF8(), value));
            keys.consume();
            values.consume();
        } while (keys.getCurrentRepetitionLevel() > 0);
        return headers;
    }
}
