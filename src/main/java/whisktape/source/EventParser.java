package whisktape.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/**
 * Reads what OpenWhisk wrote, and as much as possible of what it did not. Never fails: what cannot be read is an event whose
 * body gives the reason. Fields and tolerance follow OpenWhisk's {@code Message.scala} since 2018; the body decides whether
 * it is an activation or a metric, not {@code eventType}; of repeated keys the last one counts, as with OpenWhisk's reader.
 *
 * <p>Not for use by several threads.
 */
public final class EventParser {
    private static final long LARGEST_EXACT_DOUBLE = 1L << 53;
    private static final int LONGEST_LONG = 20;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // A message is bounded by the broker; within it nothing is too deep or too long to look at.
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // Names of unknown fields are anybody's; interning them would fill memory for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final KnownTexts known = new KnownTexts();
    private final PoisonCheck poison = new PoisonCheck();
    private final StringBuilder oddFields = new StringBuilder();

    private String source;
    private String subject;
    private String namespace;
    private String userId;
    private String eventType;
    private Long timestampMs;
    private boolean hasBody;

    private boolean hasMetricName;
    private boolean hasActivationField;
    private String name;
    private String activationId;
    private Long statusCode;
    private Long durationMs;
    private Long waitMs;
    private Long initMs;
    private String kind;
    private Boolean conductor;
    private Long memoryMb;
    private String causedBy;
    private Long size;
    private Long userStatusCode;
    private String metricName;
    private Long metricValue;

    /** The event in this message. */
    public Event parse(Message message) {
        if (message.value() == null) {
            return unreadable(message, "tombstone: no value");
        }
        if (message.value().length == 0) {
            return unreadable(message, "empty value");
        }
        try (JsonParser in = json.createParser(message.value())) {
            return parse(message, in);
        } catch (JsonProcessingException e) {
            return unreadable(message, reason(e));
        } catch (IOException e) {
            return unreadable(message, "not UTF-8");
        } catch (RuntimeException e) {
            // Nothing that arrives may stop a recording, not even a mistake in a parser.
            return unreadable(message, "parser failed: " + e.getClass().getSimpleName());
        }
    }

    private Event parse(Message message, JsonParser in) throws IOException {
        JsonToken first = in.nextToken();
        if (first != JsonToken.START_OBJECT) {
            // The rest is looked at too: half an array is not an array.
            in.skipChildren();
            return unreadable(message, first == null ? "only white space" : "not a JSON object");
        }
        forgetEnvelope();
        readEnvelope(in);
        if (in.nextToken() != null) {
            return unreadable(message, "more text behind the JSON object");
        }
        return new Event(
                message,
                new Event.Envelope(source, subject, namespace, userId, eventType, timestampMs),
                body(),
                oddFields.isEmpty() ? null : oddFields.toString(),
                hasMetricName ? null : poison.reason(eventType, subject, name, statusCode));
    }

    private EventBody body() {
        if (!hasBody) {
            return new EventBody.Unreadable("no body");
        }
        if (hasMetricName) {
            return new EventBody.Metric(metricName, metricValue);
        }
        if (!hasActivationField) {
            return new EventBody.Unreadable("body is neither an activation nor a metric");
        }
        return new EventBody.Activation(
                name,
                activationId,
                statusCode,
                durationMs,
                waitMs,
                initMs,
                kind,
                conductor,
                memoryMb,
                causedBy,
                size,
                userStatusCode);
    }

    private void readEnvelope(JsonParser in) throws IOException {
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "source" -> source = text(in, field, PoisonCheck.SOURCE);
                case "subject" -> subject = text(in, field, PoisonCheck.SUBJECT);
                case "namespace" -> namespace = text(in, field, PoisonCheck.NAMESPACE);
                case "userId" -> userId = text(in, field, PoisonCheck.USER_ID);
                case "eventType" -> eventType = text(in, field, PoisonCheck.EVENT_TYPE);
                case "timestamp" -> timestampMs = number(in, field, PoisonCheck.TIMESTAMP);
                case "body" -> readBody(in);
                default -> in.skipChildren();
            }
        }
    }

    private void readBody(JsonParser in) throws IOException {
        forgetBody();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        hasBody = true;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            readBodyField(in, field);
        }
    }

    private void readBodyField(JsonParser in, String field) throws IOException {
        switch (field) {
            case "name" -> name = activation(text(in, field, PoisonCheck.NAME));
            case "activationId" -> activationId = activation(id(in, field));
            case "statusCode" -> statusCode = activation(number(in, field, PoisonCheck.STATUS_CODE));
            case "duration" -> durationMs = activation(number(in, field, PoisonCheck.DURATION));
            case "waitTime" -> waitMs = number(in, field, PoisonCheck.WAIT_TIME);
            case "initTime" -> initMs = number(in, field, PoisonCheck.INIT_TIME);
            case "kind" -> kind = text(in, field, PoisonCheck.KIND);
            case "conductor" -> conductor = flag(in, field, PoisonCheck.CONDUCTOR);
            case "memory" -> memoryMb = number(in, field, PoisonCheck.MEMORY);
            case "causedBy" -> causedBy = causedBy(in, field);
            case "size" -> size = number(in, field, PoisonCheck.NOT_REQUIRED);
            case "userDefinedStatusCode" -> userStatusCode = number(in, field, PoisonCheck.NOT_REQUIRED);
            case "metricName" -> {
                metricName = text(in, field, PoisonCheck.NOT_REQUIRED);
                hasMetricName = true;
            }
            case "metricValue" -> metricValue = number(in, field, PoisonCheck.NOT_REQUIRED);
            default -> in.skipChildren();
        }
    }

    private <T> T activation(T value) {
        hasActivationField = true;
        return value;
    }

    private String text(JsonParser in, String field, int required) throws IOException {
        switch (in.currentToken()) {
            case VALUE_STRING -> {
                poison.sawAsExpected(required);
                return known.of(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return odd(in, field);
            }
        }
    }

    /** A text that hardly any other event has. */
    private String id(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            return text(in, field, PoisonCheck.ACTIVATION_ID);
        }
        poison.sawAsExpected(PoisonCheck.ACTIVATION_ID);
        return in.getText();
    }

    private Long number(JsonParser in, String field, int required) throws IOException {
        switch (in.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    return odd(in, field);
                }
                long value = in.getLongValue();
                sawNumber(value, required);
                return value;
            }
            case VALUE_NUMBER_FLOAT -> {
                odd(in, field);
                double value = in.getDoubleValue();
                sawNumber(value, required);
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

    /** OpenWhisk's reader takes fractions, and drops events with numbers that a double cannot hold exactly. */
    private void sawNumber(double value, int required) {
        if (Math.abs(value) < LARGEST_EXACT_DOUBLE) {
            poison.sawAsExpected(required);
        }
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

    private Boolean flag(JsonParser in, String field, int required) throws IOException {
        if (in.currentToken().isBoolean()) {
            poison.sawAsExpected(required);
            return in.getBooleanValue();
        }
        return in.currentToken() == JsonToken.VALUE_NULL ? null : odd(in, field);
    }

    /** A boolean until 2018-09, in effect always false, which means none; OpenWhisk's reader has refused it since. */
    private String causedBy(JsonParser in, String field) throws IOException {
        if (in.currentToken().isBoolean()) {
            poison.isIgnored();
            return in.getBooleanValue() ? "true" : null;
        }
        return text(in, field, PoisonCheck.NOT_REQUIRED);
    }

    private <T> T odd(JsonParser in, String field) throws IOException {
        in.skipChildren();
        oddFields.append(oddFields.isEmpty() ? "" : ",").append(field);
        return null;
    }

    private void forgetEnvelope() {
        oddFields.setLength(0);
        poison.reset();
        source = null;
        subject = null;
        namespace = null;
        userId = null;
        eventType = null;
        timestampMs = null;
        forgetBody();
    }

    private void forgetBody() {
        hasBody = false;
        hasMetricName = false;
        hasActivationField = false;
        name = null;
        activationId = null;
        statusCode = null;
        durationMs = null;
        waitMs = null;
        initMs = null;
        kind = null;
        conductor = null;
        memoryMb = null;
        causedBy = null;
        size = null;
        userStatusCode = null;
        metricName = null;
        metricValue = null;
    }

    private static String reason(JsonProcessingException e) {
        boolean encoding =
                e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Invalid UTF-8");
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return (encoding ? "not UTF-8" : "not JSON") + (at < 0 ? "" : " at byte " + at);
    }

    private static Event unreadable(Message message, String reason) {
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Unreadable(reason), null, null);
    }
}
