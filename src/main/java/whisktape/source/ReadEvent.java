package whisktape.source;

import java.util.Objects;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/**
 * What was read in a message when it was recorded; in an export's line where reading the message again gives something else.
 *
 * @param envelope what stands around the body
 * @param activation the body, if it is one
 * @param metric the body, if it is one
 * @param unreadableReason of a body that is neither
 * @param oddFields as in {@link Event}
 * @param poisonReason as in {@link Event}
 */
record ReadEvent(
        Event.Envelope envelope,
        EventBody.Activation activation,
        EventBody.Metric metric,
        String unreadableReason,
        String oddFields,
        String poisonReason) {

    static ReadEvent of(Event event) {
        EventBody body = event.body();
        return new ReadEvent(
                event.envelope(),
                body instanceof EventBody.Activation activation ? activation : null,
                body instanceof EventBody.Metric metric ? metric : null,
                body instanceof EventBody.Unreadable unreadable ? unreadable.reason() : null,
                event.oddFields(),
                event.poison());
    }

    /** True if both say the same of the message. */
    static boolean isSame(Event one, Event other) {
        return one.envelope().equals(other.envelope())
                && one.body().equals(other.body())
                && Objects.equals(one.oddFields(), other.oddFields())
                && Objects.equals(one.poison(), other.poison());
    }

    /** The event that this was read in. */
    Event in(Message message) {
        return new Event(message, envelope == null ? Event.Envelope.ABSENT : envelope, body(), oddFields, poisonReason);
    }

    private EventBody body() {
        if (activation != null) {
            return activation;
        }
        return metric == null ? new EventBody.Unreadable(unreadableReason) : metric;
    }
}
