package whisktape.source;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import whisktape.Event;
import whisktape.Message;

/**
 * Writes events as {@code kcat -J} does, one a line, and beside its fields what it loses: bytes that are no UTF-8, when an
 * event was received, which life of the topic it belongs to.
 */
public final class EventLineWriter {
    private final JsonGenerator json;
    private final String topic;
    private final EventParser parser = new EventParser();
    private final Utf8Check utf8 = new Utf8Check();

    /** A writer of events of this topic; the owner of the stream flushes and closes it. */
    public EventLineWriter(OutputStream out, String topic) throws IOException {
        this.json = LineJson.generator(out);
        this.topic = topic;
    }

    /** Writes a line. */
    public void write(Event event) throws IOException {
        write(event, null);
    }

    /** Writes the first line of a recording, whose manifest is this JSON, or null for another line. */
    public void write(Event event, String manifest) throws IOException {
        Message message = event.message();
        json.writeStartObject();
        json.writeStringField("topic", topic);
        json.writeNumberField("partition", message.partition());
        json.writeNumberField("offset", message.offset());
        json.writeStringField("tstype", type(message.timestampType()));
        json.writeNumberField("ts", message.timestampMs());
        if (!message.headers().isEmpty()) {
            writeHeaders(message.headers());
        }
        writeBytes("key", message.key());
        writeBytes("payload", message.value());
        json.writeNumberField("recorded_at_ms", message.recordedAtMs());
        json.writeNumberField("incarnation", message.incarnation());
        if (!ReadEvent.isSame(event, parser.parse(message))) {
            json.writeFieldName("read");
            LineJson.MAPPER.writeValue(json, ReadEvent.of(event));
        }
        if (manifest != null) {
            json.writeFieldName("recording");
            json.writeRawValue(manifest);
        }
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static String type(Message.TimestampType type) {
        return switch (type) {
            case CREATE -> "create";
            case APPEND -> "logappend";
            case NONE -> "unknown";
        };
    }

    private void writeHeaders(List<Message.Header> headers) throws IOException {
        boolean isText = headers.stream().allMatch(header -> isText(header.value()));
        json.writeArrayFieldStart(isText ? "headers" : "headers_base64");
        for (Message.Header header : headers) {
            json.writeString(header.key());
            if (header.value() == null) {
                json.writeNull();
            } else if (isText) {
                json.writeUTF8String(header.value(), 0, header.value().length);
            } else {
                json.writeBinary(header.value());
            }
        }
        json.writeEndArray();
    }

    private void writeBytes(String field, byte[] bytes) throws IOException {
        json.writeFieldName(field);
        if (bytes == null) {
            json.writeNull();
        } else if (isText(bytes)) {
            json.writeUTF8String(bytes, 0, bytes.length);
        } else {
            json.writeNull();
            json.writeFieldName(field + "_base64");
            json.writeBinary(bytes);
        }
    }

    private boolean isText(byte[] bytes) {
        return bytes == null || utf8.isValid(bytes);
    }
}
