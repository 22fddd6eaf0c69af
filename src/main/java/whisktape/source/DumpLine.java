package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.Event;
import whisktape.Message;

/**
 * One line as {@code kcat -J} writes it: the message's place, and its value as a JSON string; with what {@link EventLineWriter}
 * adds.
 *
 * @param topic the topic's name; null if the line names none
 * @param message what was dumped; received now, where the line does not say when
 * @param read what was read in it, where the line says; else null
 */
record DumpLine(String topic, Message message, ReadEvent read) {

    /** The line's message; empty if kcat did not write the line. */
    static Optional<DumpLine> parse(byte[] line) {
        if (line.length == 0 || line[0] != '{') {
            return Optional.empty();
        }
        try (JsonParser in = LenientJson.open(line)) {
            return parse(in, StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return parseBytes(line);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The event in it: as it was read when it was recorded, or as this parser reads it. */
    Event event(EventParser parser) {
        return read == null ? parser.parse(message) : read.in(message);
    }

    /** kcat writes bytes that are no UTF-8 as they are, so each char of this text stands for a byte. */
    private static Optional<DumpLine> parseBytes(byte[] line) {
        try (JsonParser in = LenientJson.open(new String(line, StandardCharsets.ISO_8859_1))) {
            return parse(in, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<DumpLine> parse(JsonParser in, Charset bytes) throws IOException {
        Fields fields = new Fields();
        in.nextToken();
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            fields.read(in, field, bytes);
        }
        return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null ? fields.line() : Optional.empty();
    }

    private static final class Fields {
        private String topic;
        private long incarnation = 1;
        private Long partition;
        private Long offset;
        private String timestampType;
        private long timestampMs = Message.NO_TIMESTAMP;
        private long recordedAtMs = System.currentTimeMillis();
        private byte[] key;
        private byte[] keyBytes;
        private byte[] value;
        private byte[] valueBytes;
        private boolean hasPayload;
        private List<Message.Header> headers = List.of();
        private ReadEvent read;

        void read(JsonParser in, String field, Charset bytes) throws IOException {
            switch (field) {
                case "topic" -> topic = in.getValueAsString();
                case "partition" -> partition = integer(in);
                case "offset" -> offset = integer(in);
                case "tstype" -> timestampType = in.getValueAsString("unknown");
                case "ts" -> timestampMs = in.getValueAsLong(Message.NO_TIMESTAMP);
                case "key" -> key = text(in, bytes);
                case "payload" -> {
                    value = text(in, bytes);
                    hasPayload = true;
                }
                case "headers" -> headers = headers(in, element -> text(element, bytes));
                case "key_base64" -> keyBytes = decoded(in);
                case "payload_base64" -> valueBytes = decoded(in);
                case "headers_base64" -> headers = headers(in, Fields::decoded);
                case "incarnation" -> incarnation = in.getValueAsLong(incarnation);
                case "recorded_at_ms" -> recordedAtMs = in.getValueAsLong(recordedAtMs);
                case "read" -> read = LineJson.MAPPER.readValue(in, ReadEvent.class);
                default -> in.skipChildren();
            }
        }

        Optional<DumpLine> line() {
            if (partition == null || offset == null || !hasPayload) {
                return Optional.empty();
            }
            if (!isPlace()) {
                return Optional.empty();
            }
            Message.TimestampType type = timestampType();
            Message message = new Message(
                    (int) incarnation,
                    partition.intValue(),
                    offset,
                    type == Message.TimestampType.NONE ? Message.NO_TIMESTAMP : timestampMs,
                    type,
                    recordedAtMs,
                    keyBytes == null ? key : keyBytes,
                    valueBytes == null ? value : valueBytes,
                    headers);
            return Optional.of(new DumpLine(topic, message, read));
        }

        /** A line that has a time and says nothing of who set it has the producer's, as Kafka's default is. */
        private Message.TimestampType timestampType() {
            if (timestampType == null) {
                return timestampMs == Message.NO_TIMESTAMP ? Message.TimestampType.NONE : Message.TimestampType.CREATE;
            }
            return switch (timestampType) {
                case "create" -> Message.TimestampType.CREATE;
                case "logappend" -> Message.TimestampType.APPEND;
                default -> Message.TimestampType.NONE;
            };
        }

        private boolean isPlace() {
            return partition >= 0
                    && partition <= Integer.MAX_VALUE
                    && offset >= 0
                    && offset != Long.MAX_VALUE
                    && incarnation > 0
                    && incarnation <= Integer.MAX_VALUE;
        }

        private static Long integer(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NUMBER_INT ? (Long) in.getLongValue() : null;
        }

        private static byte[] text(JsonParser in, Charset bytes) throws IOException {
            if (in.currentToken().isStructStart()) {
                throw new JsonPayloadException(in);
            }
            return in.currentToken() == JsonToken.VALUE_NULL
                    ? null
                    : in.getText().getBytes(bytes);
        }

        private static byte[] decoded(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL ? null : in.getBinaryValue();
        }

        private static List<Message.Header> headers(JsonParser in, HeaderValue value) throws IOException {
            List<Message.Header> headers = new ArrayList<>();
            if (in.currentToken() != JsonToken.START_ARRAY) {
                return headers;
            }
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                String name = in.getText();
                in.nextToken();
                headers.add(new Message.Header(name, value.read(in)));
            }
            return headers;
        }
    }

    private interface HeaderValue {
        byte[] read(JsonParser in) throws IOException;
    }

    /** A payload that another tool has unpacked: its bytes are not known any more. */
    private static final class JsonPayloadException extends JsonProcessingException {
        private static final long serialVersionUID = 1;

        JsonPayloadException(JsonParser in) {
            super("payload is no string", in.currentLocation());
        }
    }
}
