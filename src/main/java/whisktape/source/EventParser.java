package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;
import whisktape.shapes.EventRows;

/**
 * Reads what OpenWhisk wrote, and as much as possible of what it did not. Never fails: what cannot be read is an event whose
 * body gives the reason. Fields and tolerance follow OpenWhisk's {@code Message.scala} since 2018; the body decides whether
 * it is an activation or a metric, not {@code eventType}; of repeated keys the last one counts, as with OpenWhisk's reader.
 *
 * <p>Not for use by several threads.
 */
public final class EventParser {
    private final LenientJson json = new LenientJson();
    private final PoisonCheck poison = new PoisonCheck();
    private final ShapedEvents shaped = new ShapedEvents(poison);

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
        Event known = shaped.read(message);
        if (known != null) {
            return known;
        }
        try (JsonParser in = LenientJson.open(message.value())) {
            return shaped.learn(parse(message, in), poison.seen());
        } catch (JsonProcessingException e) {
            return unreadable(message, LenientJson.reason(e));
        } catch (IOException e) {
            return unreadable(message, "not UTF-8");
        } catch (RuntimeException e) {
            // Nothing that arrives may stop a recording, not even a mistake in a parser.
            return unreadable(message, "parser failed: " + e.getClass().getSimpleName());
        }
    }

    /** True if the message in this part of some bytes has a shape that this parser has learnt. */
    boolean knows(byte[] bytes, int from, int until) {
        return shaped.knows(bytes, from, until);
    }

    /** Rows for events of the shapes that are known now. */
    EventRows newRows(EventRows.Origin origin, int room) {
        return shaped.newRows(origin, room);
    }

    /** True if these rows are for the shapes that are known now. */
    boolean takes(EventRows rows) {
        return shaped.takes(rows);
    }

    /** Adds the message that was found {@link #knows known} last to rows that take it. False where it has to be {@link #parse parsed}. */
    boolean add(EventRows rows, byte[] bytes, long offset, long timestampMs) {
        return shaped.add(rows, bytes, offset, timestampMs);
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
                json.oddFields(),
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
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            poison.sawAsExpected(required);
        }
        return json.text(in, field);
    }

    private String id(JsonParser in, String field) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            poison.sawAsExpected(PoisonCheck.ACTIVATION_ID);
        }
        return json.id(in, field);
    }

    /** OpenWhisk's reader takes fractions, and drops events with numbers that a double cannot hold exactly. */
    private Long number(JsonParser in, String field, int required) throws IOException {
        Long value = json.number(in, field);
        boolean exact = in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                ? isExact(in.getDoubleValue())
                : in.currentToken() == JsonToken.VALUE_NUMBER_INT && value != null && isExact(value);
        if (exact) {
            poison.sawAsExpected(required);
        }
        return value;
    }

    private static boolean isExact(double value) {
        return Math.abs(value) < LenientJson.LARGEST_EXACT_DOUBLE;
    }

    private Boolean flag(JsonParser in, String field, int required) throws IOException {
        if (in.currentToken().isBoolean()) {
            poison.sawAsExpected(required);
        }
        return json.flag(in, field);
    }

    /** A boolean until 2018-09, in effect always false, which means none; OpenWhisk's reader has refused it since. */
    private String causedBy(JsonParser in, String field) throws IOException {
        if (in.currentToken().isBoolean()) {
            poison.isIgnored();
            return in.getBooleanValue() ? "true" : null;
        }
        return text(in, field, PoisonCheck.NOT_REQUIRED);
    }

    private void forgetEnvelope() {
        json.reset();
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

    private static Event unreadable(Message message, String reason) {
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Unreadable(reason), null, null);
    }
}
