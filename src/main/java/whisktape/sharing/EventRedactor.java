package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/**
 * Redacts rows of the table {@code events}, column by column: every column is named here, and one that is not does not leave.
 */
final class EventRedactor implements UnaryOperator<Event> {
    private final Redaction redaction;
    private final EventJson json;

    EventRedactor(Redaction redaction) {
        this.redaction = redaction;
        this.json = new EventJson(redaction);
    }

    @Override
    public Event apply(Event event) {
        return new Event(
                message(event),
                envelope(event.envelope()),
                body(event.body()),
                oddFields(event.oddFields()),
                reason(event.poison()));
    }

    private Message message(Event event) {
        Message message = event.message();
        return new Message(
                message.incarnation(),
                message.partition(),
                message.offset(),
                message.timestampMs(),
                message.timestampType(),
                message.recordedAtMs(),
                redaction.key(message.key()),
                value(message.value(), event.body()),
                headers(message.headers()));
    }

    private byte[] value(byte[] value, EventBody body) {
        if (value == null) {
            return null;
        }
        String unreadable = body instanceof EventBody.Unreadable none ? none.reason() : null;
        if (unreadable == null || Vocabulary.isOfAnObject(unreadable)) {
            Optional<byte[]> redacted = json.redact(value);
            if (redacted.isPresent()) {
                return redacted.get();
            }
        }
        redaction.originals().addWords(new String(value, StandardCharsets.ISO_8859_1));
        return UnreadableBytes.like(unreadable);
    }

    private List<Message.Header> headers(List<Message.Header> headers) {
        return headers.stream()
                .map(header ->
                        new Message.Header(redaction.headerName(header.key()), redaction.headerValue(header.value())))
                .toList();
    }

    private Event.Envelope envelope(Event.Envelope envelope) {
        return new Event.Envelope(
                redaction.emitter(envelope.source()),
                redaction.subject(envelope.subject()),
                redaction.namespace(envelope.namespace()),
                redaction.userId(envelope.userId()),
                redaction.eventType(envelope.eventType()),
                envelope.timestampMs());
    }

    private EventBody body(EventBody body) {
        if (body instanceof EventBody.Activation activation) {
            return activation(activation);
        }
        if (body instanceof EventBody.Metric metric) {
            return new EventBody.Metric(redaction.metric(metric.name()), metric.value());
        }
        return new EventBody.Unreadable(reason(((EventBody.Unreadable) body).reason()));
    }

    private EventBody.Activation activation(EventBody.Activation activation) {
        return new EventBody.Activation(
                redaction.path(activation.action()),
                redaction.activationId(activation.activationId()),
                activation.statusCode(),
                activation.durationMs(),
                activation.waitMs(),
                activation.initMs(),
                redaction.kind(activation.kind()),
                activation.conductor(),
                activation.memoryMb(),
                redaction.causedBy(activation.causedBy()),
                activation.responseChars(),
                activation.userStatusCode());
    }

    /** Names of fields of OpenWhisk's alone. */
    static String oddFields(String fields) {
        return fields == null
                ? null
                : Arrays.stream(fields.split(","))
                        .map(field -> Vocabulary.isOddField(field) ? field : Vocabulary.REDACTED)
                        .collect(Collectors.joining(","));
    }

    /** Our own words alone. */
    static String reason(String reason) {
        return reason == null || Vocabulary.isReason(reason) ? reason : Vocabulary.REDACTED;
    }
}
