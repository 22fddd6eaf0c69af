package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import whisktape.ActionPath;

/**
 * Reads a message as OpenWhisk's user-events service reads it (its {@code Message.scala} and {@code EventConsumer.scala}, and what a
 * running one did with odd messages): which it drops, at which it fails, and what its numbers become.
 *
 * <p>That is another question than what a message says, which whisktape's own parser answers leniently and a recording keeps.
 */
public final class UserEventReader {
    /** Spray's limits, beyond which a message is no JSON to the service. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(1000)
            .maxNumberLength(100)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Set<String> EVENT_TYPES = Set.of("Activation", "Metric");
    private static final int SHORTEST_SUBJECT = 5;

    /** Scala's durations are 64-bit nanoseconds: 292 years. */
    private static final long LONGEST_MS = Long.MAX_VALUE / 1_000_000;

    private UserEventReader() {}

    /** Reads the bytes of a message's value; null is a tombstone. */
    public static UserEvent read(byte[] value) {
        try {
            return new Fields(parse(value)).toEvent();
        } catch (Unacceptable e) {
            return new UserEvent.Ignored(e.getMessage());
        }
    }

    private static JsonNode parse(byte[] value) throws Unacceptable {
        if (value == null) {
            throw new Unacceptable("no value");
        }
        try {
            // As text, not as bytes: Jackson would take UTF-16 and a byte order mark as well.
            return JSON.readTree(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException e) {
            throw new Unacceptable("not UTF-8");
        } catch (JsonProcessingException e) {
            throw new Unacceptable("not JSON");
        }
    }

    /** Why the service drops a message. */
    private static final class Unacceptable extends Exception {
        private static final long serialVersionUID = 1;

        Unacceptable(String reason) {
            super(reason, null, false, false);
        }
    }

    /** One object's fields, each demanded in its type. */
    private record Fields(JsonNode object) {
        Fields {
            if (!object.isObject()) {
                object = JSON.createObjectNode();
            }
        }

        UserEvent toEvent() throws Unacceptable {
            String source = text("source");
            String subject = text("subject");
            String initiator = text("namespace");
            text("userId");
            number("timestamp");
            String eventType = text("eventType");
            if (subject.trim().length() < SHORTEST_SUBJECT) {
                throw new Unacceptable("subject of fewer than " + SHORTEST_SUBJECT + " characters");
            }
            if (!EVENT_TYPES.contains(eventType)) {
                throw new Unacceptable("unknown eventType");
            }
            Fields body = new Fields(object.path("body"));
            // The body decides what it is, not the event type.
            return body.object.has("metricName")
                    ? body.toMetric(eventType, initiator)
                    : body.toActivation(eventType, source, initiator);
        }

        private UserEvent toMetric(String eventType, String initiator) throws Unacceptable {
            return new UserEvent.Metric(
                    eventType, initiator, text("metricName"), ScalaNumbers.toLong(number("metricValue")));
        }

        private UserEvent toActivation(String eventType, String source, String initiator) throws Unacceptable {
            String name = text("name");
            text("activationId");
            int statusCode = ScalaNumbers.toInt(number("statusCode"));
            long durationMs = durationMs("duration");
            long waitMs = durationMs("waitTime");
            long initMs = durationMs("initTime");
            String kind = text("kind");
            if (!object.path("conductor").isBoolean()) {
                throw new Unacceptable("conductor is missing or not true or false");
            }
            int memoryMb = ScalaNumbers.toInt(number("memory"));
            if (isPresent("causedBy")) {
                text("causedBy");
            }
            OptionalInt responseSize = optionalInt("size");
            OptionalInt userStatusCode = optionalInt("userDefinedStatusCode");

            Optional<ActionPath> path = ActionPath.of(name);
            if (path.isEmpty()) {
                return new UserEvent.Poison("name is no path of a namespace and an action");
            }
            if (!ActivationStatus.isCode(statusCode)) {
                return new UserEvent.Poison("status code is none of 0 to 3");
            }
            return new UserEvent.Activation(
                    eventType,
                    source,
                    initiator,
                    name,
                    path.get(),
                    statusCode,
                    durationMs,
                    waitMs,
                    initMs,
                    kind,
                    memoryMb,
                    responseSize,
                    userStatusCode);
        }

        private String text(String field) throws Unacceptable {
            JsonNode node = object.path(field);
            if (!node.isTextual()) {
                throw new Unacceptable(field + " is missing or not text");
            }
            return node.textValue();
        }

        private BigDecimal number(String field) throws Unacceptable {
            JsonNode node = object.path(field);
            if (!node.isNumber()) {
                throw new Unacceptable(field + " is missing or not a number");
            }
            return node.decimalValue();
        }

        private long durationMs(String field) throws Unacceptable {
            BigDecimal number = number(field);
            if (number.signum() <= 0) {
                return 0;
            }
            long ms = ScalaNumbers.toLong(number);
            if (Math.abs(ms) > LONGEST_MS || ms == Long.MIN_VALUE) {
                throw new Unacceptable(field + " is beyond 292 years");
            }
            return ms;
        }

        private OptionalInt optionalInt(String field) throws Unacceptable {
            return isPresent(field) ? OptionalInt.of(ScalaNumbers.toInt(number(field))) : OptionalInt.empty();
        }

        private boolean isPresent(String field) {
            return object.hasNonNull(field);
        }
    }
}
