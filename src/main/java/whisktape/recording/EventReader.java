package whisktape.recording;

import java.nio.file.Path;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;
import whisktape.WhisktapeException;

/**
 * Reads the events of one segment back in offset order, with all that was read in them when they were recorded.
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
        Event.Envelope envelope = envelope(row);
        String type = row.text();
        EventBody.Activation activation = activation(row);
        EventBody.Metric metric = new EventBody.Metric(row.text(), row.optionalNumber());
        String oddFields = row.text();
        String unreadable = row.text();
        String poison = row.text();
        return new Event(message, envelope, body(type, activation, metric, unreadable), oddFields, poison);
    }

    private static Event.Envelope envelope(RowReader row) {
        String type = row.text();
        String source = row.text();
        String subject = row.text();
        String namespace = row.text();
        String userId = row.text();
        return new Event.Envelope(source, subject, namespace, userId, type, row.optionalNumber());
    }

    private static EventBody.Activation activation(RowReader row) {
        return new EventBody.Activation(
                row.text(),
                row.text(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.text(),
                row.optionalFlag(),
                row.optionalNumber(),
                row.text(),
                row.optionalNumber(),
                row.optionalNumber());
    }

    private static EventBody body(
            String type, EventBody.Activation activation, EventBody.Metric metric, String unreadable) {
        if (type == null) {
            return new EventBody.Unreadable(unreadable);
        }
        return type.equals("metric") ? metric : activation;
    }
}
