package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;
import whisktape.shapes.EventRows;
import whisktape.shapes.ShapeFinder;

/** One open segment of the table {@code events}. */
final class EventSegmentWriter extends SegmentWriter {
    private static final int METRIC_COLUMNS = 2;
    private static final int ACTIVATION_COLUMNS = EventField.METRIC_NAME.ordinal() - EventField.BODY_TYPE.ordinal() - 1;

    private static final int KEY_AND_VALUE = 2;
    private static final int HEADER_COLUMNS = 2;

    /** What is odd in an event, why it is unreadable, and why it is poison. */
    private static final int ODD_COLUMNS = 3;

    private final RowWriter row = row();
    private final RowsWriter columns = newRowsWriter();
    private final boolean hasShapes;
    private final ShapeFinder shapes = new ShapeFinder();

    EventSegmentWriter(Path folder, Manifest head, SegmentCounts counts, Instant openedAt) throws IOException {
        super(folder, head, counts, openedAt);
        this.hasShapes = head.format() > 1;
    }

    /** True if the format has shapes, from which values come back. */
    boolean hasShapes() {
        return hasShapes;
    }

    /** Adds a row; the columns stand in the order of {@link EventColumns#SCHEMA}. Returns what it holds in memory. */
    long write(Event event, boolean duplicate) {
        Shape shape = hasShapes ? shapeOf(event) : null;
        row.begin();
        writeMessage(event.message(), shape);
        writeEnvelope(event.envelope());
        writeBody(event.body());
        row.text(event.oddFields());
        row.text(event.body() instanceof EventBody.Unreadable unreadable ? unreadable.reason() : null);
        row.text(event.poison());
        long size = event.message().sizeBytes()
                - (shape == null ? 0 : event.message().value().length);
        row.end(size);
        counts().count(event, duplicate);
        return size;
    }

    /** Adds rows, where the format has shapes, so many of them duplicates. Returns what they hold in memory. */
    long write(EventRows rows, int duplicates) {
        EventRows.Origin origin = rows.origin();
        columns.begin(rows);
        columns.same(origin.incarnation());
        columns.same(origin.partition());
        columns.numbers(rows.offsets());
        if (origin.hasTimestamps()) {
            columns.numbers(rows.timestampsMs());
        } else {
            columns.absent(1);
        }
        columns.same(TimestampTypes.toText(origin.timestampType()));
        columns.same(origin.recordedAtMs());
        columns.absent(KEY_AND_VALUE);
        columns.texts(rows.shapes());
        columns.absent(HEADER_COLUMNS);
        columns.fields();
        columns.absent(ODD_COLUMNS);
        columns.end();
        counts().count(rows, duplicates);
        return rows.sizeBytes();
    }

    private Shape shapeOf(Event event) {
        return event.shape() == null ? shapes.find(event) : event.shape();
    }

    private void writeMessage(Message message, Shape shape) {
        row.required(message.incarnation());
        row.required(message.partition());
        row.required(message.offset());
        row.number(message.timestampMs() == Message.NO_TIMESTAMP ? null : (Long) message.timestampMs());
        row.text(TimestampTypes.toText(message.timestampType()));
        row.required(message.recordedAtMs());
        row.bytes(message.key());
        row.bytes(shape == null ? message.value() : null);
        if (hasShapes) {
            row.text(shape == null ? null : shape.text());
        }
        headers(message.headers());
    }

    private void writeEnvelope(Event.Envelope envelope) {
        row.text(envelope.eventType());
        row.text(envelope.source());
        row.text(envelope.subject());
        row.text(envelope.namespace());
        row.text(envelope.userId());
        row.number(envelope.timestampMs());
    }

    private void writeBody(EventBody body) {
        row.text(bodyType(body));
        if (body instanceof EventBody.Activation activation) {
            row.text(activation.action());
            row.text(activation.activationId());
            row.number(activation.statusCode());
            row.number(activation.durationMs());
            row.number(activation.waitMs());
            row.number(activation.initMs());
            row.text(activation.kind());
            row.flag(activation.conductor());
            row.number(activation.memoryMb());
            row.text(activation.causedBy());
            row.number(activation.responseChars());
            row.number(activation.userStatusCode());
        } else {
            row.absent(ACTIVATION_COLUMNS);
        }
        if (body instanceof EventBody.Metric metric) {
            row.text(metric.name());
            row.number(metric.value());
        } else {
            row.absent(METRIC_COLUMNS);
        }
    }

    private static String bodyType(EventBody body) {
        if (body instanceof EventBody.Activation) {
            return EventRows.ACTIVATION;
        }
        return body instanceof EventBody.Metric ? EventRows.METRIC : null;
    }

    private void headers(List<Message.Header> headers) {
        ColumnBuffer keys = row.next();
        ColumnBuffer values = row.next();
        if (headers.isEmpty()) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
            return;
        }
        // Levels of headers.list.element: the list is there at 1, an element at 2, a header's value at 3.
        int repetition = 0;
        for (Message.Header header : headers) {
            keys.write(header.key(), repetition, 2);
            if (header.value() == null) {
                values.writeNull(repetition, 2);
            } else {
                values.write(Binary.fromConstantByteArray(header.value()), repetition, 3);
            }
            repetition = 1;
        }
    }
}
