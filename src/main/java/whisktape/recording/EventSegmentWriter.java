package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/** One open segment of the table {@code events}: rows in, a sealed file out. */
final class EventSegmentWriter implements AutoCloseable {
    /** Names and kinds repeat; whoever sends more different ones than this only loses the shortcut. */
    private static final int KNOWN_TEXTS = 8192;

    private final Path folder;
    private final String topic;
    private final Path open;
    private final Instant openedAt;
    private final SegmentFile file;
    private final SegmentCounts counts;
    private final Map<String, Binary> knownTexts = new HashMap<>();
    private int column;

    EventSegmentWriter(Path folder, String topic, SegmentCounts counts, Instant openedAt) throws IOException {
        this.folder = folder;
        this.topic = topic;
        this.open = SegmentNames.openPath(folder, topic, counts.toSegment());
        this.counts = counts;
        this.openedAt = openedAt;
        this.file = EventColumns.newFile(open);
    }

    Instant openedAt() {
        return openedAt;
    }

    SegmentCounts counts() {
        return counts;
    }

    long bufferedBytes() {
        return file.bufferedBytes();
    }

    long writtenBytes() {
        return file.writtenBytes();
    }

    void endRowGroup() throws IOException {
        file.endRowGroup();
    }

    /** Adds a row; the columns stand in the order of {@link EventColumns#SCHEMA}. Returns what it holds in memory. */
    long write(Event event, boolean duplicate) {
        column = 0;
        writeMessage(event.message());
        writeEnvelope(event.envelope());
        if (event.body() instanceof EventBody.Activation activation) {
            writeActivation(activation);
        } else {
            writeBodyThatIsNoActivation(event.body());
        }
        text(event.oddFields());
        text(event.body() instanceof EventBody.Unreadable unreadable ? unreadable.reason() : null);
        text(event.poison());
        long size = event.message().sizeBytes();
        file.endRow(size);
        counts.count(event, duplicate);
        return size;
    }

    /** Completes the file, gives it its final name, and brings both to the disk. */
    Segment seal(Manifest head) throws IOException {
        Segment segment = counts.toSegment();
        file.finish(Footer.of(head, segment));
        Path sealed = SegmentNames.sealedPath(folder, topic, segment);
        Durable.rename(open, sealed);
        return segment.sealedAs(SegmentNames.nameInManifest(sealed), Files.size(sealed), file.sha256());
    }

    /** Releases what it holds; without {@link #seal} the rows are given up, and read again when recording resumes. */
    @Override
    public void close() throws IOException {
        try (file) {
            Files.deleteIfExists(open);
        }
    }

    private void writeMessage(Message message) {
        next().write(message.incarnation(), 0, 0);
        next().write(message.partition(), 0, 0);
        next().write(message.offset(), 0, 0);
        number(message.timestampMs() == Message.NO_TIMESTAMP ? null : (Long) message.timestampMs());
        text(TimestampTypes.toText(message.timestampType()));
        next().write(message.recordedAtMs(), 0, 0);
        bytes(message.key());
        bytes(message.value());
        headers(message.headers());
    }

    private void writeEnvelope(Event.Envelope envelope) {
        text(envelope.eventType());
        text(envelope.source());
        text(envelope.subject());
        text(envelope.namespace());
        text(envelope.userId());
        number(envelope.timestampMs());
    }

    private void writeActivation(EventBody.Activation activation) {
        text("activation");
        text(activation.action());
        bytes(utf8(activation.activationId()));
        number(activation.statusCode());
        number(activation.durationMs());
        number(activation.waitMs());
        number(activation.initMs());
        text(activation.kind());
        flag(activation.conductor());
        number(activation.memoryMb());
        text(activation.causedBy());
        number(activation.responseChars());
        number(activation.userStatusCode());
        text(null);
        number(null);
    }

    private void writeBodyThatIsNoActivation(EventBody body) {
        EventBody.Metric metric = body instanceof EventBody.Metric m ? m : null;
        text(metric == null ? null : "metric");
        for (int absent = 0; absent < 12; absent++) {
            text(null);
        }
        text(metric == null ? null : metric.name());
        number(metric == null ? null : metric.value());
    }

    private void headers(List<Message.Header> headers) {
        ColumnWriter keys = next();
        ColumnWriter values = next();
        if (headers.isEmpty()) {
            keys.writeNull(0, 0);
            values.writeNull(0, 0);
            return;
        }
        // Levels of headers.list.element: the list is there at 1, an element at 2, a header's value at 3.
        int repetition = 0;
        for (Message.Header header : headers) {
            keys.write(Binary.fromConstantByteArray(utf8(header.key())), repetition, 2);
            if (header.value() == null) {
                values.writeNull(repetition, 2);
            } else {
                values.write(Binary.fromConstantByteArray(header.value()), repetition, 3);
            }
            repetition = 1;
        }
    }

    private ColumnWriter next() {
        return file.columns()[column++];
    }

    private void number(Long value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(value.longValue(), 0, 1);
        }
    }

    private void flag(Boolean value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(value.booleanValue(), 0, 1);
        }
    }

    private void bytes(byte[] value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(Binary.fromConstantByteArray(value), 0, 1);
        }
    }

    private void text(String value) {
        if (value == null) {
            next().writeNull(0, 0);
        } else {
            next().write(known(value), 0, 1);
        }
    }

    private Binary known(String text) {
        Binary known = knownTexts.get(text);
        if (known == null) {
            known = Binary.fromConstantByteArray(utf8(text));
            if (knownTexts.size() < KNOWN_TEXTS && text.length() < 256) {
                knownTexts.put(text, known);
            }
        }
        return known;
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
