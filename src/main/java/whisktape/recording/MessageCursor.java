package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import whisktape.EventField;
import whisktape.Message;
import whisktape.WhisktapeException;

/**
 * Goes through the messages of one segment in offset order. Where and when each was is known at once; the message itself is put together
 * for who asks for it.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class MessageCursor implements AutoCloseable {
    private final Path path;
    private final RowReader rows;
    private final MessageColumns columns = new MessageColumns();

    private int incarnation;
    private int partition;
    private long offset;
    private boolean hasTime;
    private long timeMs;
    private String poisonReason;

    MessageCursor(Path path) {
        this.path = path;
        this.rows = new RowReader(path, MessageReader.SCHEMA);
    }

    /** Goes to the next message; false after the last. */
    public boolean advance() {
        try {
            if (!rows.hasRow()) {
                return false;
            }
            rows.begin();
            columns.goTo(rows);
            read();
            return true;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    /**
     * From when to when the messages are that come next and were written together; empty in the midst of them, and where one of them has no
     * Kafka timestamp.
     */
    public Optional<LongRange> nextTimesMs() {
        try {
            return rows.nextRange(EventColumns.KAFKA_TIMESTAMP);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    /** Passes over these without reading them. */
    public void skipNext() {
        rows.skipRowGroup();
    }

    /** Which life of the topic it belongs to. */
    public int incarnation() {
        return incarnation;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** True if it is known when it happened. */
    public boolean hasTime() {
        return hasTime;
    }

    /** When it happened as far as pacing goes: the Kafka timestamp, else the event's own. */
    public long timeMs() {
        return timeMs;
    }

    /** Why user-events would stumble over it for ever; null for any other message. */
    public String poisonReason() {
        return poisonReason;
    }

    /** As Kafka delivered it. */
    public Message message() {
        try {
            return columns.message();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    private void read() {
        incarnation = columns.incarnation();
        partition = columns.partition();
        offset = columns.offset();
        timeMs = columns.timestampMs();
        hasTime = timeMs != Message.NO_TIMESTAMP;
        if (!hasTime && columns.has(EventField.EVENT_TIME_MS)) {
            hasTime = true;
            timeMs = columns.number(EventField.EVENT_TIME_MS);
        }
        poisonReason = columns.other(0);
    }
}
