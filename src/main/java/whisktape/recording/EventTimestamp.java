package whisktape.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The event's own timestamp in a message's bytes: moves it without touching any other byte. An event that was parsed and
 * written anew would come out with other spaces, escapes and number forms than OpenWhisk sent.
 */
public final class EventTimestamp {
    private static final String FIELD = "timestamp";

    private EventTimestamp() {}

    /**
     * The same bytes with the top-level {@code timestamp} moved by so many milliseconds; empty where that is not possible:
     * not one JSON object in UTF-8, no such field, or no 64-bit integer in it. Where it is repeated the last one counts, as
     * with OpenWhisk's reader.
     */
    public static Optional<byte[]> shift(byte[] value, long milliseconds) {
        if (value == null) {
            return Optional.empty();
        }
        try (JsonParser parser = RecordedJson.open(value)) {
            Digits digits = find(parser);
            return digits == null ? Optional.empty() : replace(value, digits, milliseconds);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private record Digits(long from, long until, long number) {}

    /** Reads to the end, because only then it is known to be one object and nothing more. */
    private static Digits find(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Digits found = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean wanted = FIELD.equals(parser.currentName());
            JsonToken token = parser.nextToken();
            if (wanted) {
                found = token == JsonToken.VALUE_NUMBER_INT ? digits(parser) : null;
            }
            parser.skipChildren();
        }
        return parser.nextToken() == null ? found : null;
    }

    private static Digits digits(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return null;
        }
        long from = parser.currentTokenLocation().getByteOffset();
        return new Digits(from, from + parser.getTextLength(), parser.getLongValue());
    }

    private static Optional<byte[]> replace(byte[] value, Digits digits, long milliseconds) {
        long moved = digits.number() + milliseconds;
        boolean overflows = ((digits.number() ^ moved) & (milliseconds ^ moved)) < 0;
        // Without byte offsets (UTF-16, UTF-32) the digits are not where they seem to be.
        if (overflows || digits.from() < 0 || !standsAt(value, digits)) {
            return Optional.empty();
        }
        byte[] text = Long.toString(moved).getBytes(StandardCharsets.US_ASCII);
        int from = (int) digits.from();
        int until = (int) digits.until();
        byte[] result = Arrays.copyOf(value, value.length - (until - from) + text.length);
        System.arraycopy(text, 0, result, from, text.length);
        System.arraycopy(value, until, result, from + text.length, value.length - until);
        return Optional.of(result);
    }

    private static boolean standsAt(byte[] value, Digits digits) {
        String number = Long.toString(digits.number());
        return digits.until() <= value.length
                && new String(
                                value,
                                (int) digits.from(),
                                (int) (digits.until() - digits.from()),
                                StandardCharsets.US_ASCII)
                        .equals(number);
    }
}
