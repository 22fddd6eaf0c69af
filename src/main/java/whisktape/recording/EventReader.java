package whisktape.recording;

import java.nio.file.Path;
import whisktape.Event;
import whisktape.EventBody;
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
                columns.text(TypedColumn.EVENT_SOURCE),
                columns.text(TypedColumn.SUBJECT),
                columns.text(TypedColumn.NAMESPACE),
                columns.text(TypedColumn.USER_ID),
                columns.text(TypedColumn.EVENT_TYPE),
                columns.number(TypedColumn.EVENT_TIME_MS));
        String oddFields = row.text();
        String unreadableReason = row.text();
        return new Event(message, envelope, body(unreadableReason), oddFields, row.text());
    }

    private EventBody body(String unreadableReason) {
        String type = columns.text(TypedColumn.BODY_TYPE);
        if (type == null) {
            return new EventBody.Unreadable(unreadableReason);
        }
        if (type.equals("metric")) {
            return new EventBody.Metric(
                    columns.text(TypedColumn.METRIC_NAME), columns.number(TypedColumn.METRIC_VALUE));
        }
        return new EventBody.Activation(
                columns.text(TypedColumn.ACTION),
                columns.text(TypedColumn.ACTIVATION_ID),
                columns.number(TypedColumn.STATUS_CODE),
                columns.number(TypedColumn.DURATION_MS),
                columns.number(TypedColumn.WAIT_MS),
                columns.number(TypedColumn.INIT_MS),
                columns.text(TypedColumn.KIND),
                columns.flag(TypedColumn.CONDUCTOR),
                columns.number(TypedColumn.MEMORY_MB),
                columns.text(TypedColumn.CAUSED_BY),
                columns.number(TypedColumn.RESPONSE_CHARS),
                columns.number(TypedColumn.USER_STATUS_CODE));
    }
}
