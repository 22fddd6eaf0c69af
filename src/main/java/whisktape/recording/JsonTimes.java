package whisktape.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The times in an event's or a document's own bytes: moves them without touching any other byte. What is parsed and written
 * anew comes out with other spaces, escapes and number forms than OpenWhisk's.
 */
public final class JsonTimes {
    private static final Set<String> OF_EVENT = Set.of("timestamp");
    private static final Set<String> OF_DOCUMENT = Set.of("start", "end", "updated");

    private static final JsonFactory JSON = JsonFactory.builder()
            // As when it was recorded: what could be read then can be read now.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonTimes() {}

    /**
     * The same bytes with the top-level {@code timestamp} moved by so many milliseconds; empty where that is not possible:
     * not one JSON object in UTF-8, no such field, or no 64-bit integer in it. Where it is repeated the last one counts, as
     * with OpenWhisk's reader.
     */
    public static Optional<byte[]> shiftEvent(byte[] value, long milliseconds) {
        return shift(value, OF_EVENT, milliseconds);
    }

    /**
     * The same for a document of an activation: {@code start}, {@code end} and {@code updated}, as far as they are there; an
     * end of 0 says that there is none.
     */
    public static Optional<byte[]> shiftDocument(byte[] text, long milliseconds) {
        return shift(text, OF_DOCUMENT, milliseconds);
    }

    private static Optional<byte[]> shift(byte[] value, Set<String> fields, long milliseconds) {
        if (value == null) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(value)) {
            List<Digits> found = find(parser, fields);
            Optional<byte[]> moved = found.isEmpty() ? Optional.empty() : Optional.of(value);
            // From the end, so that the places before it stay where they are.
            for (int i = found.size() - 1; i >= 0 && moved.isPresent(); i--) {
                moved = replace(moved.get(), found.get(i), milliseconds);
            }
            return moved;
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private record Digits(long from, long until, long number) {}

    /** In their order. Reads to the end, because only then it is known to be one object and nothing more. */
    private static List<Digits> find(JsonParser parser, Set<String> fields) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return List.of();
        }
        Map<String, Digits> found = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            if (fields.contains(field)) {
                found.put(field, token == JsonToken.VALUE_NUMBER_INT ? digits(parser) : null);
            }
            parser.skipChildren();
        }
        return parser.nextToken() != null
                ? List.of()
                : found.values().stream()
                        .filter(digits -> digits != null && (digits.number() != 0 || fields == OF_EVENT))
                        .sorted(Comparator.comparingLong(Digits::from))
                        .toList();
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
