package whisktape.recording;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import whisktape.Message;
import whisktape.recording.SegmentRows.Constant;

/**
 * Reads the verbatim columns of an event, the first of {@link EventColumns#SCHEMA}. {@link #value} is the one place that knows
 * how the bytes of a value are stored.
 */
final class MessageColumns {
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
        byte[] value = value(row);
        List<Message.Header> headers = headers(row);
        return new Message(
                incarnation,
                partition,
                offset,
                timestampMs == null ? Message.NO_TIMESTAMP : timestampMs,
                type,
                recordedAtMs,
                key,
                value,
                headers);
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

    private static byte[] value(RowReader row) {
        return row.bytes();
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
