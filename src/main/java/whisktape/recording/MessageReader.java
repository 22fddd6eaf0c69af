package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import whisktape.Message;
import whisktape.WhisktapeException;
import whisktape.recording.SegmentRows.Constant;

/**
 * Reads the messages of one segment back in offset order. {@link #value} is the one place that knows how the bytes of a value
 * are stored.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class MessageReader implements Iterator<RecordedMessage>, AutoCloseable {
    private static final MessageType SCHEMA = SegmentRows.project(EventColumns.SCHEMA, EventColumns.REPLAYED);

    private final Path path;
    private final SegmentRows rows;
    private long rowsLeft;
    private int column;
    private Binary lastTypeText;
    private Message.TimestampType lastType;

    MessageReader(Path path) {
        this.path = path;
        try {
            rows = new SegmentRows(path, SCHEMA);
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (rowsLeft == 0) {
                rowsLeft = rows.nextRowGroup();
            }
            return rowsLeft > 0;
        } catch (IOException | RuntimeException e) {
            throw damaged(path, e);
        }
    }

    @Override
    public RecordedMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException(path.toString());
        }
        rowsLeft--;
        try {
            return row();
        } catch (RuntimeException e) {
            throw damaged(path, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private RecordedMessage row() {
        column = 0;
        int incarnation = integer();
        int partition = integer();
        long offset = number();
        Long timestampMs = optionalNumber();
        Message.TimestampType type = timestampType();
        long recordedAtMs = number();
        byte[] key = bytes();
        byte[] value = value();
        List<Message.Header> headers = headers();
        Message message = new Message(
                incarnation,
                partition,
                offset,
                timestampMs == null ? Message.NO_TIMESTAMP : timestampMs,
                type,
                recordedAtMs,
                key,
                value,
                headers);
        return new RecordedMessage(message, optionalNumber(), text());
    }

    /** A row group has one object for each type, in its dictionary or statistics: to know it is cheaper than to read it. */
    private Message.TimestampType timestampType() {
        Constant constant = rows.constant(column);
        Binary text = constant == null ? rows.columns()[column].getBinary() : (Binary) constant.value();
        if (constant == null) {
            rows.columns()[column].consume();
        }
        column++;
        if (text != lastTypeText) {
            lastType = TimestampTypes.fromText(text.toStringUsingUTF8());
            lastTypeText = text;
        }
        return lastType;
    }

    private byte[] value() {
        return bytes();
    }

    private List<Message.Header> headers() {
        if (rows.constant(column) != null && rows.constant(column).value() == null) {
            column += 2;
            return List.of();
        }
        ColumnReader keys = rows.columns()[column++];
        ColumnReader values = rows.columns()[column++];
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

    private int integer() {
        Constant constant = rows.constant(column);
        if (constant != null) {
            column++;
            return (Integer) constant.value();
        }
        ColumnReader reader = rows.columns()[column++];
        int value = reader.getInteger();
        reader.consume();
        return value;
    }

    private long number() {
        Constant constant = rows.constant(column);
        if (constant != null) {
            column++;
            return (Long) constant.value();
        }
        ColumnReader reader = rows.columns()[column++];
        long value = reader.getLong();
        reader.consume();
        return value;
    }

    private Long optionalNumber() {
        Constant constant = rows.constant(column);
        if (constant != null) {
            column++;
            return (Long) constant.value();
        }
        ColumnReader reader = rows.columns()[column++];
        Long value = reader.getCurrentDefinitionLevel() == 0 ? null : (Long) reader.getLong();
        reader.consume();
        return value;
    }

    private byte[] bytes() {
        Constant constant = rows.constant(column);
        if (constant != null) {
            column++;
            return constant.value() == null ? null : ((Binary) constant.value()).getBytes();
        }
        ColumnReader reader = rows.columns()[column++];
        byte[] value = reader.getCurrentDefinitionLevel() == 0
                ? null
                : reader.getBinary().getBytes();
        reader.consume();
        return value;
    }

    private String text() {
        byte[] utf8 = bytes();
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    private static WhisktapeException damaged(Path path, Exception e) {
        return e instanceof WhisktapeException already
                ? already
                : WhisktapeException.damaged(
                        "cannot read the segment " + path + ": " + e.getMessage()
                                + "; whisktape verify says what is left of the recording",
                        e);
    }
}
