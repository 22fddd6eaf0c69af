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
    private final MessageColumns verbatim = new MessageColumns();

    EventReader(Path path) {
        super(path, EventColumns.SCHEMA);
    }

    @Override
    Event read(RowReader row) {
        Message message = verbatim.read(row);
        String eventType = row.text();
        Event.Envelope envelope =
                new Event.Envelope(row.text(), row.text(), row.text(), row.text(), eventType, row.optionalNumber());
        String bodyType = row.text();
        EventBody.Activation activation = activation(row);
        EventBody.Metric metric = new EventBody.Metric(row.text(), row.optionalNumber());
        String oddFields = row.text();
        EventBody unreadable = new EventBody.Unreadable(row.text());
        EventBody body = bodyType == null ? unreadable : bodyType.equals("metric") ? metric : activation;
        return new Event(message, envelope, body, oddFields, row.text());
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
}
