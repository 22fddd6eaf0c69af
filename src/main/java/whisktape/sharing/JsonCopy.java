package whisktape.sharing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import whisktape.recording.RecordedJson;

/**
 * A JSON text being copied value by value. Every value keeps its type: what was no number before is none afterwards, so that
 * whatever was odd stays odd. The order of fields stays, spaces and escapes do not.
 */
final class JsonCopy {
    /** A longer one is no number to OpenWhisk, and must be none afterwards; too many digits hold more than a number. */
    private static final int LONGEST_NUMBER = 100;

    private static final int LONGEST_LONG = 20;
    private static final String NO_NUMBER = "1" + "0".repeat(LONGEST_NUMBER);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] text;
    private final JsonParser in;
    private final JsonGenerator out;
    private final Redaction redaction;

    JsonCopy(byte[] text, JsonParser in, JsonGenerator out, Redaction redaction) {
        this.text = text;
        this.in = in;
        this.out = out;
        this.redaction = redaction;
    }

    /** Something to be done with a field of the outermost object. */
    interface Root {
        boolean copy(JsonCopy copy, String field) throws IOException;
    }

    /** Copies a text that is one object; empty where it is not that. */
    static Optional<byte[]> ofObject(byte[] text, Redaction redaction, Root known) {
        ByteArrayOutputStream copied = new ByteArrayOutputStream(text.length);
        try (JsonParser in = RecordedJson.open(text);
                JsonGenerator out = RecordedJson.write(copied)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonCopy copy = new JsonCopy(text, in, out, redaction);
            copy.object(field -> known.copy(copy, field));
            if (in.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException e) {
            // It is no JSON, or no UTF-8; what was copied until then is given up.
            return Optional.empty();
        }
        return Optional.of(encodedAs(text, copied.toByteArray()));
    }

    /** OpenWhisk reads neither a byte order mark nor UTF-16, and whisktape does; both must stay so. */
    private static byte[] encodedAs(byte[] text, byte[] utf8) {
        if (text[0] == BYTE_ORDER_MARK[0]) {
            byte[] marked = Arrays.copyOf(BYTE_ORDER_MARK, BYTE_ORDER_MARK.length + utf8.length);
            System.arraycopy(utf8, 0, marked, BYTE_ORDER_MARK.length, utf8.length);
            return marked;
        }
        boolean isWide =
                text.length > 1 && (text[0] == 0 || text[1] == 0 || text[0] == (byte) 0xfe || text[0] == (byte) 0xff);
        return isWide ? new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE) : utf8;
    }

    JsonParser in() {
        return in;
    }

    /** Something to be done with the value of a field, which is the current one, after the field's name was written. */
    interface Fields {
        /** False where there is no such field. */
        boolean copy(String field) throws IOException;
    }

    /** Copies the object that begins here; a field that is not known gets another name, and nothing of its value stays. */
    void object(Fields known) throws IOException {
        object(known, () -> {});
    }

    /** Something to be written where an object ends. */
    interface End {
        void write() throws IOException;
    }

    void object(Fields known, End end) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            typeOnly();
            return;
        }
        out.writeStartObject();
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            if (!known.copy(field)) {
                out.writeFieldName(redaction.unknownField(field));
                typeOnly();
            }
        }
        end.write();
        out.writeEndObject();
    }

    boolean text(String field, UnaryOperator<String> rule) throws IOException {
        out.writeFieldName(field);
        text(rule);
        return true;
    }

    void text(UnaryOperator<String> rule) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            out.writeString(rule.apply(in.getText()));
        } else {
            typeOnly();
        }
    }

    boolean number(String field) throws IOException {
        out.writeFieldName(field);
        number();
        return true;
    }

    void number() throws IOException {
        switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                out.writeNumber(in.getTextLength() <= LONGEST_NUMBER ? in.getText() : longNumber());
            case VALUE_STRING -> out.writeString(numberIn(in.getText()));
            default -> typeOnly();
        }
    }

    boolean flag(String field) throws IOException {
        out.writeFieldName(field);
        flag();
        return true;
    }

    void flag() throws IOException {
        if (in.currentToken().isBoolean()) {
            out.writeBoolean(in.getBooleanValue());
        } else {
            typeOnly();
        }
    }

    /** Copies the object that is the value of a field. */
    boolean object(String field, Fields known) throws IOException {
        out.writeFieldName(field);
        object(known);
        return true;
    }

    /** Writes a value of the same type and shape, and nothing else of it. What was in it is looked for later, in what leaves. */
    void typeOnly() throws IOException {
        int depth = 0;
        for (JsonToken token = in.currentToken(); ; token = in.nextToken()) {
            switch (token) {
                case FIELD_NAME -> out.writeFieldName(redaction.unknownField(in.getText()));
                case VALUE_STRING -> {
                    redaction.originals().add(in.getText());
                    out.writeString(in.getTextLength() == 0 ? "" : Vocabulary.REDACTED);
                }
                case VALUE_NUMBER_INT -> out.writeNumber(in.getTextLength() <= LONGEST_NUMBER ? "0" : NO_NUMBER);
                case VALUE_NUMBER_FLOAT ->
                    out.writeNumber(in.getTextLength() <= LONGEST_NUMBER ? "0.5" : NO_NUMBER + ".5");
                case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(false);
                case VALUE_NULL -> out.writeNull();
                case START_ARRAY -> out.writeStartArray();
                case START_OBJECT -> out.writeStartObject();
                case END_ARRAY -> out.writeEndArray();
                case END_OBJECT -> out.writeEndObject();
                default -> throw new IllegalStateException("no JSON is " + token);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    /** Writes this instead of the value, which {@code kind} would let leave. */
    void instead(String json, Keep kind) throws IOException {
        remember(kind);
        out.writeRawValue(json);
    }

    /** Copies the value byte for byte. */
    void asItIs() throws IOException {
        int from = Math.toIntExact(in.currentTokenLocation().getByteOffset());
        out.writeRawValue(new String(text, from, passOver() - from, StandardCharsets.UTF_8));
    }

    /** A place in the text. */
    record Range(int from, int until) {}

    /** Passes over the value; where it stands. */
    Range skipped() throws IOException {
        int from = Math.toIntExact(in.currentTokenLocation().getByteOffset());
        return new Range(from, passOver());
    }

    /** Something to be done with a value. */
    interface Value {
        void copy(JsonCopy value) throws IOException;
    }

    /** Copies a value that was passed over. */
    void at(Range range, Value work) throws IOException {
        try (JsonParser value = RecordedJson.open(text, range.from(), range.until())) {
            value.nextToken();
            work.copy(new JsonCopy(text, value, out, redaction));
        }
    }

    JsonGenerator out() {
        return out;
    }

    private int passOver() throws IOException {
        in.skipChildren();
        in.finishToken();
        return Math.toIntExact(in.currentLocation().getByteOffset());
    }

    /** All texts and names in the value are looked for later, in what leaves. */
    private void remember(Keep kind) throws IOException {
        int depth = 0;
        JsonToken token = in.currentToken();
        while (true) {
            if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                redaction.originals().add(in.getText(), kind);
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            token = in.nextToken();
        }
    }

    /** As large, with as many digits that nobody chose. */
    private String longNumber() throws IOException {
        double value = in.getDoubleValue();
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return NO_NUMBER;
        }
        if (!Double.isFinite(value)) {
            return "1" + "0".repeat(4 * LONGEST_NUMBER) + ".0";
        }
        String shortest = Double.toString(value);
        int exponent = shortest.indexOf('E');
        int end = exponent < 0 ? shortest.length() : exponent;
        return shortest.substring(0, end) + "0".repeat(LONGEST_NUMBER) + shortest.substring(end);
    }

    private String numberIn(String digits) {
        if (digits.isEmpty()) {
            return digits;
        }
        if (digits.length() <= LONGEST_LONG) {
            try {
                return Long.valueOf(digits).toString();
            } catch (NumberFormatException e) {
                // Then it says something else, and that is not for everybody.
            }
        }
        redaction.originals().add(digits);
        return Vocabulary.REDACTED;
    }
}
