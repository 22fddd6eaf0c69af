package whisktape.recording;

import java.nio.file.Path;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.WhisktapeException;

/**
 * Reads the events of one segment back in offset order, all columns of them: what was read when they were recorded, which is
 * not always what a newer whisktape would read.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class EventReader extends SegmentReader<Event> {
    private static final int ODD_FIELDS = 0;
    private static final int UNREADABLE_REASON = 1;
    private static final int POISON_REASON = 2;

    private final MessageColumns columns = new MessageColumns();

    EventReader(Path path) {
        super(path, EventColumns.SCHEMA);
    }

    @Override
    Event read(RowReader row) {
        columns.goTo(row);
        Event.Envelope envelope = new Event.Envelope(
                columns.text(EventField.EVENT_SOURCE),
                columns.text(EventField.SUBJECT),
                columns.text(EventField.NAMESPACE),
                columns.text(EventField.USER_ID),
                columns.text(EventField.EVENT_TYPE),
                columns.number(EventField.EVENT_TIME_MS));
        return new Event(columns.message(), envelope, body(), columns.other(ODD_FIELDS), columns.other(POISON_REASON));
    }

    private EventBody body() {
        String type = columns.text(EventField.BODY_TYPE);
        if (type == null) {
            return new EventBody.Unreadable(columns.other(UNREADABLE_REASON));
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
