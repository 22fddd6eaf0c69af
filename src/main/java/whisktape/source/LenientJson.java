package whisktape.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads JSON values that should be of one type and may be of another: takes what is meant where that is plain, else null, and
 * remembers the names of the fields that were odd.
 */
final class LenientJson {
    static final long LARGEST_EXACT_DOUBLE = 1L << 53;
    private static final int LONGEST_LONG = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // A message is bounded by the broker, a document by the database; within it nothing is too deep or
                    // too long to look at.
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // Names of unknown fields are anybody's; interning them would fill memory for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final JsonFactory STRICT =
            JSON.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final KnownTexts known = new KnownTexts();
    private final Set<String> oddFields = new LinkedHashSet<>();

    static JsonParser open(byte[] text) throws IOException {
        return JSON.createParser(text);
    }

    static JsonParser open(byte[] text, int from, int until) throws IOException {
        return JSON.createParser(text, from, until - from);
    }

    static JsonParser open(String text) throws IOException {
        return JSON.createParser(text);
    }

    /** True if an object in this text, which is JSON, has two fields of the same name. */
    static boolean hasRepeatedFields(byte[] text) {
        try (JsonParser in = STRICT.createParser(text)) {
            while (in.nextToken() != null) {
                // Jackson compares the names.
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Forgets which fields were odd. */
    void reset() {
        if (!oddFields.isEmpty()) {
            oddFields.clear();
        }
    }

    /** The names of the odd fields so far, separated by commas; null if none was. */
    String oddFields() {
        return oddFields.isEmpty() ? null : String.join(",", oddFields);
    }

    void addOddFieldsOf(LenientJson other) {
        oddFields.addAll(other.oddFields);
    }

    String text(JsonParser in, String field) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> known.of(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            case VALUE_NULL -> null;
            default -> odd(in, field);
        };
    }

    /** A text that hardly anything else has. */
    String id(JsonParser in, String field) throws IOException {
        return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : text(in, field);
    }

    Long number(JsonParser in, String field) throws IOException {
        switch (in.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    return odd(in, field);
                }
                return in.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                odd(in, field);
                double value = in.getDoubleValue();
                return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_DOUBLE ? (Long) (long) value : null;
            }
            case VALUE_STRING -> {
                odd(in, field);
                return numberIn(in.getText());
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return odd(in, field);
            }
        }
    }

    Boolean flag(JsonParser in, String field) throws IOException {
        if (in.currentToken().isBoolean()) {
            return in.getBooleanValue();
        }
        return in.currentToken() == JsonToken.VALUE_NULL ? null : odd(in, field);
    }

    /** Passes over a value that is not what it should be; returns null. */
    <T> T odd(JsonParser in, String field) throws IOException {
        in.skipChildren();
        oddFields.add(field);
        return null;
    }

    /** Where the current value begins, in bytes. */
    static int startOf(JsonParser in) {
        return Math.toIntExact(in.currentTokenLocation().getByteOffset());
    }

    /** Where the current value ends, in bytes; passes over it. */
    static int endOf(JsonParser in) throws IOException {
        in.skipChildren();
        return endOfToken(in);
    }

    /** Where the current token ends, in bytes: of a list its first bracket. */
    static int endOfToken(JsonParser in) throws IOException {
        in.finishToken();
        return Math.toIntExact(in.currentLocation().getByteOffset());
    }

    /** Why Jackson gave up, in a few words without any of the text. */
    static String reason(JsonProcessingException e) {
        boolean encoding =
                e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Invalid UTF-8");
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return (encoding ? "not UTF-8" : "not JSON") + (at < 0 ? "" : " at byte " + at);
    }

    private static Long numberIn(String text) {
        if (text.length() > LONGEST_LONG) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            // The field is noted as odd; there is no number to keep.
            return null;
        }
    }
}
