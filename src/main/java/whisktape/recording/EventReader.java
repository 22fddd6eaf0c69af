package whisktape.recording;

import java.nio.file.Path;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.WhisktapeException;

/**
 * Reads the events of one segment back in offset order, all columns of them: what was read when they were recorded, which is
 * not always what a newer whisktape would read.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class EventReader extends SegmentReader<Event> {
    private final MessageColumns columns = new MessageColumns();

    EventReader(Path path) {
        super(path, EventColumns.SCHEMA);
    }

    @Override
    Event read(RowReader row) {
        Message message = columns.read(row);
        Event.Envelope envelope = new Event.Envelope(
                columns.text(EventField.EVENT_SOURCE),
                columns.text(EventField.SUBJECT),
                columns.text(EventField.NAMESPACE),
                columns.text(EventField.USER_ID),
                columns.text(EventField.EVENT_TYPE),
                columns.number(EventField.EVENT_TIME_MS));
        String oddFields = row.text();
        String unreadableReason = row.text();
        return new Event(message, envelope, body(unreadableReason), oddFields, row.text());
    }

    private EventBody body(String unreadableReason) {
        String type = columns.text(EventField.BODY_TYPE);
        if (type == null) {
            return new EventBody.Unreadable(unreadableReason);
        }
        if (type.equals("metric")) {
            return new EventBody.Metric(columns.text(EventField.METRIC_NAME), columns.number(EventField.METRIC_VALUE));
        }
        return new EventBody.Activation(
                columns.text(EventField.ACTION),
                columns.text(EventField.ACTIVATION_ID),
                columns.number(EventField.STATUS_CODE),
                columns.number(EventField.DURATION_MS),
                columns.number(EventField.WAIT_MS),
                columns.number(EventField.INIT_MS),
                columns.text(EventField.KIND),
                columns.flag(EventField.CONDUCTOR),
                columns.number(EventField.MEMORY_MB),
                columns.text(EventField.CAUSED_BY),
                columns.number(EventField.RESPONSE_CHARS),
                columns.number(EventField.USER_STATUS_CODE));
    }
}
