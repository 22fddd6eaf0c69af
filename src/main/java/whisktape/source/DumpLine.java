package whisktape.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.Message;

/**
 * One line as {@code kcat -J} writes it: the message's place, and its value as a JSON string.
 *
 * @param topic the topic's name; null if the line names none
 * @param partition the Kafka partition
 * @param offset the Kafka offset
 * @param timestampMs the Kafka timestamp; -1 if there is none
 * @param timestampType who set it
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null
 * @param headers in their order
 */
record DumpLine(
        String topic,
        int partition,
        long offset,
        long timestampMs,
        Message.TimestampType timestampType,
        byte[] key,
        byte[] value,
        List<Message.Header> headers) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The line's message; empty if kcat did not write the line. */
    static Optional<DumpLine> parse(byte[] line) {
        if (line.length == 0 || line[0] != '{') {
            return Optional.empty();
        }
        try (JsonParser in = JSON.createParser(line)) {
            return parse(in, StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return parseBytes(line);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** kcat writes bytes that are no UTF-8 as they are, so each char of this text stands for a byte. */
    private static Optional<DumpLine> parseBytes(byte[] line) {
        try (JsonParser in = JSON.createParser(new StringReader(new String(line, StandardCharsets.ISO_8859_1)))) {
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
        private Long partition;
        private Long offset;
        private String timestampType = "unknown";
        private long timestampMs = Message.NO_TIMESTAMP;
        private byte[] key;
        private byte[] value;
        private boolean hasPayload;
        private List<Message.Header> headers = List.of();

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
                case "headers" -> headers = headers(in, bytes);
                default -> in.skipChildren();
            }
        }

        Optional<DumpLine> line() {
            if (partition == null || offset == null || !hasPayload) {
                return Optional.empty();
            }
            if (partition < 0 || partition > Integer.MAX_VALUE || offset < 0 || offset == Long.MAX_VALUE) {
                return Optional.empty();
            }
            Message.TimestampType type = switch (timestampType) {
                case "create" -> Message.TimestampType.CREATE;
                case "logappend" -> Message.TimestampType.APPEND;
                default -> Message.TimestampType.NONE;
            };
            return Optional.of(new DumpLine(
                    topic,
                    Math.toIntExact(partition),
                    offset,
                    type == Message.TimestampType.NONE ? Message.NO_TIMESTAMP : timestampMs,
                    type,
                    key,
                    value,
                    headers));
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

        private static List<Message.Header> headers(JsonParser in, Charset bytes) throws IOException {
            List<Message.Header> headers = new ArrayList<>();
            if (in.currentToken() != JsonToken.START_ARRAY) {
                return headers;
            }
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                String name = in.getText();
                in.nextToken();
                headers.add(new Message.Header(name, text(in, bytes)));
            }
            return headers;
        }
    }

    /** A payload that another tool has unpacked: its bytes are not known any more. */
    private static final class JsonPayloadException extends JsonProcessingException {
        private static final long serialVersionUID = 1;

        JsonPayloadException(JsonParser in) {
            super("payload is no string", in.currentLocation());
        }
    }
}
