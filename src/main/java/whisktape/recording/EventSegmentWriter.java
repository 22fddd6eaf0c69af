package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/** One open segment of the table {@code events}. */
final class EventSegmentWriter extends SegmentWriter {
    private final RowWriter row = row();
    private final boolean hasShapes;
    private final ShapeFinder shapes = new ShapeFinder();

    /** Of the row being written, by {@link TypedColumn#ordinal()}. */
    private final Object[] values = new Object[TypedColumn.COUNT];

    EventSegmentWriter(Path folder, Manifest head, SegmentCounts counts, Instant openedAt) throws IOException {
        super(folder, head, counts, openedAt);
        this.hasShapes = head.format() > 1;
    }

    /** Adds a row; the columns stand in the order of {@link EventColumns#SCHEMA}. Returns what it holds in memory. */
    long write(Event event, boolean duplicate) {
        setEnvelope(event.envelope());
        setBody(event.body());
        byte[] value = event.message().value();
        Shape shape = value == null || !hasShapes ? null : shapes.find(value, values);
        row.begin();
        writeMessage(event.message(), shape);
        for (Object typed : values) {
            row.value(typed);
        }
        row.text(event.oddFields());
        row.text(event.body() instanceof EventBody.Unreadable unreadable ? unreadable.reason() : null);
        row.text(event.poison());
        long size = event.message().sizeBytes() - (shape == null ? 0 : value.length);
        row.end(size);
        counts().count(event, duplicate);
        return size;
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
            row.value(shape == null ? null : shape.text());
        }
        headers(message.headers());
    }

    private void setEnvelope(Event.Envelope envelope) {
        set(TypedColumn.EVENT_TYPE, row.known(envelope.eventType()));
        set(TypedColumn.EVENT_SOURCE, row.known(envelope.source()));
        set(TypedColumn.SUBJECT, row.known(envelope.subject()));
        set(TypedColumn.NAMESPACE, row.known(envelope.namespace()));
        set(TypedColumn.USER_ID, row.known(envelope.userId()));
        set(TypedColumn.EVENT_TIME_MS, envelope.timestampMs());
    }

    private void setBody(EventBody body) {
        Arrays.fill(values, TypedColumn.BODY_TYPE.ordinal(), values.length, null);
        set(TypedColumn.BODY_TYPE, row.known(bodyType(body)));
        if (body instanceof EventBody.Activation activation) {
            set(TypedColumn.ACTION, row.known(activation.action()));
            set(TypedColumn.ACTIVATION_ID, RowWriter.utf8(activation.activationId()));
            set(TypedColumn.STATUS_CODE, activation.statusCode());
            set(TypedColumn.DURATION_MS, activation.durationMs());
            set(TypedColumn.WAIT_MS, activation.waitMs());
            set(TypedColumn.INIT_MS, activation.initMs());
            set(TypedColumn.KIND, row.known(activation.kind()));
            set(TypedColumn.CONDUCTOR, activation.conductor());
            set(TypedColumn.MEMORY_MB, activation.memoryMb());
            set(TypedColumn.CAUSED_BY, row.known(activation.causedBy()));
            set(TypedColumn.RESPONSE_CHARS, activation.responseChars());
            set(TypedColumn.USER_STATUS_CODE, activation.userStatusCode());
        } else if (body instanceof EventBody.Metric metric) {
            set(TypedColumn.METRIC_NAME, row.known(metric.name()));
            set(TypedColumn.METRIC_VALUE, metric.value());
        }
    }

    private void set(TypedColumn column, Object value) {
        values[column.ordinal()] = value;
    }

    private static String bodyType(EventBody body) {
        return body instanceof EventBody.Activation ? "activation" : body instanceof EventBody.Metric ? "metric" : null;
    }

    private void headers(List<Message.Header> headers) {
        ColumnWriter keys = row.next();
        ColumnWriter values = row.next();
        if (headers.isEmpty()) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
            return;
        }
        // Levels of headers.list.element: the list is there at 1, an element at 2, a header's value at 3.
        int repetition = 0;
        for (Message.Header header : headers) {
            keys.write(RowWriter.utf8(header.key()), repetition, 2);
            if (header.value() == null) {
                values.writeNull(repetition, 2);
            } else {
                values.write(Binary.fromConstantByteArray(header.value()), repetition, 3);
            }
            repetition = 1;
        }
    }
}
