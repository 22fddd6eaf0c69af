package whisktape;

import java.util.Objects;

/**
 * One message of the events topic and what could be read in it.
 *
 * @param message the verbatim layer
 * @param envelope what stands around the body; all fields absent where the value is not a JSON object
 * @param body what it says
 * @param oddFields names of JSON fields that are there but not of OpenWhisk's type, separated by commas; null if none
 * @param poison why OpenWhisk's own user-events service would stumble over it for ever; null for any other event
 * @param shape what gives the message's bytes with what was read; null if there is none, or nobody has looked for it
 */
public record Event(Message message, Envelope envelope, EventBody body, String oddFields, String poison, Shape shape) {

    /** An event whose shape nobody has looked for. */
    public Event(Message message, Envelope envelope, EventBody body, String oddFields, String poison) {
        this(message, envelope, body, oddFields, poison, null);
    }

    /** The shape is left out: it follows from the bytes, for whoever has looked for it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Event event
                && message.equals(event.message)
                && envelope.equals(event.envelope)
                && body.equals(event.body)
                && Objects.equals(oddFields, event.oddFields)
                && Objects.equals(poison, event.poison);
    }

    @Override
    public int hashCode() {
        return Objects.hash(message, envelope, body, oddFields, poison);
    }

    /**
     * What OpenWhisk writes around every body.
     *
     * @param source who emitted it: {@code controller0}, {@code invoker1}, {@code scheduler0}
     * @param subject who called
     * @param namespace the invoking namespace, not the one that owns the action
     * @param userId the invoking namespace's UUID, half of its API key
     * @param eventType {@code Activation} or {@code Metric}; the body decides, not this
     * @param timestampMs epoch milliseconds of the emitter's clock
     */
    public record Envelope(
            String source, String subject, String namespace, String userId, String eventType, Long timestampMs) {
        /** The envelope of a message that is no JSON object. */
        public static final Envelope ABSENT = new Envelope(null, null, null, null, null, null);
    }
}
