package whisktape.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The end of a page of the changes feed. A page without one was cut.
 *
 * @param lastSeq where to go on after the page, verbatim
 * @param pending how many rows come after it, if the server tells
 * @param start where in the body it begins
 */
record ChangesTail(String lastSeq, OptionalLong pending, int start) {
    private static final byte[] NAME = "\"last_seq\"".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    /** Finds it by looking from the end, without reading what is before it. */
    static Optional<ChangesTail> find(byte[] body, int length) {
        for (int start = length - NAME.length; start >= 0; start--) {
            if (body[start] == '"' && Arrays.equals(body, start, start + NAME.length, NAME, 0, NAME.length)) {
                return parse(body, start, length);
            }
        }
        return Optional.empty();
    }

    private static Optional<ChangesTail> parse(byte[] body, int start, int length) {
        byte[] object = new byte[length - start + 1];
        object[0] = '{';
        System.arraycopy(body, start, object, 1, length - start);
        String lastSeq = null;
        OptionalLong pending = OptionalLong.empty();
        try (JsonParser in = JSON.createParser(object)) {
            in.nextToken();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                JsonToken value = in.nextToken();
                if (field.equals("last_seq") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    lastSeq = in.getText();
                } else if (field.equals("pending") && value == JsonToken.VALUE_NUMBER_INT) {
                    pending = OptionalLong.of(in.getLongValue());
                } else {
                    in.skipChildren();
                }
            }
            boolean complete = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
            return complete && lastSeq != null
                    ? Optional.of(new ChangesTail(lastSeq, pending, start))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
