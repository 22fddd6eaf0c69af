package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/** One open segment of the table {@code events}. */
final class EventSegmentWriter extends SegmentWriter {
    private final RowWriter row = row();

    EventSegmentWriter(Path folder, Manifest head, SegmentCounts counts, Instant openedAt) throws IOException {
        super(folder, head, counts, openedAt);
    }

    /** Adds a row; the columns stand in the order of {@link EventColumns#SCHEMA}. Returns what it holds in memory. */
    long write(Event event, boolean duplicate) {
        row.begin();
        writeMessage(event.message());
        writeEnvelope(event.envelope());
        if (event.body() instanceof EventBody.Activation activation) {
            writeActivation(activation);
        } else {
            writeBodyThatIsNoActivation(event.body());
        }
        row.text(event.oddFields());
        row.text(event.body() instanceof EventBody.Unreadable unreadable ? unreadable.reason() : null);
        row.text(event.poison());
        long size = event.message().sizeBytes();
        row.end(size);
        counts().count(event, duplicate);
        return size;
    }

    private void writeMessage(Message message) {
        row.required(message.incarnation());
        row.required(message.partition());
        row.required(message.offset());
        row.number(message.timestampMs() == Message.NO_TIMESTAMP ? null : (Long) message.timestampMs());
        row.text(TimestampTypes.toText(message.timestampType()));
        row.required(message.recordedAtMs());
        row.bytes(message.key());
        row.bytes(message.value());
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

    private void writeActivation(EventBody.Activation activation) {
        row.text("activation");
        row.text(activation.action());
        row.rareText(activation.activationId());
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
        row.absent(2);
    }

    private void writeBodyThatIsNoActivation(EventBody body) {
        EventBody.Metric metric = body instanceof EventBody.Metric m ? m : null;
        row.text(metric == null ? null : "metric");
        row.absent(12);
        row.text(metric == null ? null : metric.name());
        row.number(metric == null ? null : metric.value());
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
