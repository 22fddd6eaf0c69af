package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;

/** Reads {@code response}, and of its result only the status code that the action put there. */
final class ResponseReader {
    private static final int BAD_REQUEST = 400;

    /** Beyond it a number is no status code, only work. */
    private static final int LONGEST_NUMBER = 100;

    private final LenientJson json;
    private final PayloadCuts cuts;

    Long statusCode;
    Long responseChars;
    Long userStatusCode;

    /** The same where the result is a text that holds JSON, as Elasticsearch has it. */
    Long embeddedUserStatusCode;

    ResponseReader(LenientJson json, PayloadCuts cuts) {
        this.json = json;
        this.cuts = cuts;
    }

    void reset() {
        statusCode = null;
        responseChars = null;
        userStatusCode = null;
        embeddedUserStatusCode = null;
    }

    void read(JsonParser in) throws IOException {
        reset();
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            cuts.begin(in);
            json.odd(in, "response");
            cuts.end(in, "null");
            return;
        }
        String status = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "statusCode" -> statusCode = json.number(in, "response.statusCode");
                case "size" -> responseChars = json.number(in, "response.size");
                case "status" -> status = json.text(in, "response.status");
                case "result" -> {
                    cuts.begin(in);
                    readResult(in);
                    cuts.end(in, "null");
                }
                default -> in.skipChildren();
            }
        }
        if (statusCode == null && status != null) {
            statusCode = codeOf(status);
        }
    }

    /** The REST interface gives a text instead of the code. */
    private static Long codeOf(String status) {
        return switch (status) {
            case "success" -> 0L;
            case "application error" -> 1L;
            case "action developer error" -> 2L;
            case "whisk internal error" -> 3L;
            default -> null;
        };
    }

    private void readResult(JsonParser in) throws IOException {
        userStatusCode = null;
        embeddedUserStatusCode = null;
        if (in.currentToken() == JsonToken.START_OBJECT) {
            userStatusCode = userStatusCode(in);
        } else if (in.currentToken() == JsonToken.VALUE_STRING) {
            embeddedUserStatusCode = embeddedUserStatusCode(in.getText());
        } else {
            in.skipChildren();
        }
    }

    private Long embeddedUserStatusCode(String result) throws IOException {
        if (!result.startsWith("{")) {
            return null;
        }
        try (JsonParser in = LenientJson.open(result)) {
            in.nextToken();
            return userStatusCode(in);
        } catch (JsonProcessingException e) {
            // Then the action returned a text, not an object.
            return null;
        }
    }

    /** OpenWhisk's rule for events: that of the error first, then that of the object. */
    private static Long userStatusCode(JsonParser in) throws IOException {
        Long ofError = null;
        Long ofResult = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            JsonToken token = in.nextToken();
            if (field.equals("statusCode")) {
                ofResult = code(in);
            } else if (field.equals("error") && token == JsonToken.START_OBJECT) {
                ofError = codeOfError(in);
            } else {
                ofError = field.equals("error") ? null : ofError;
                in.skipChildren();
            }
        }
        return ofError != null ? ofError : ofResult;
    }

    private static Long codeOfError(JsonParser in) throws IOException {
        Long code = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            if (field.equals("statusCode")) {
                code = code(in);
            } else {
                in.skipChildren();
            }
        }
        return code;
    }

    /** Numbers are 32 bits wide there, and what is no integer is a bad request. */
    private static long code(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_STRING -> integer(in.getText());
            case VALUE_NUMBER_FLOAT -> {
                double value = in.getDoubleValue();
                yield value == Math.rint(value) && Math.abs(value) < LenientJson.LARGEST_EXACT_DOUBLE
                        ? (int) (long) value
                        : BAD_REQUEST;
            }
            default -> {
                in.skipChildren();
                yield BAD_REQUEST;
            }
        };
    }

    private static int integer(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return BAD_REQUEST;
        }
        try {
            return new BigInteger(text).intValue();
        } catch (NumberFormatException e) {
            // Not a number: that is what 400 says.
            return BAD_REQUEST;
        }
    }
}
