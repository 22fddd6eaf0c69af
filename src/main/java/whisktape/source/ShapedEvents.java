package whisktape.source;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;
import whisktape.shapes.ShapeFinder;
import whisktape.shapes.ShapeTree;

/**
 * Reads events by their shapes, which are learnt from events that were read as JSON: where only the values differ, only the values have
 * to be read. An event comes out as if it had been read as JSON, or not at all.
 */
final class ShapedEvents {
    private static final int MOST_LEARNT = 1024;

    private final ShapeFinder finder = new ShapeFinder();
    private ShapeTree<Known> shapes = new ShapeTree<>();
    private final Set<Shape> learnt = new HashSet<>();
    private final KnownAscii texts = new KnownAscii();
    private final PoisonCheck poison;

    /**
     * What all events of a shape have in common.
     *
     * @param seen what {@link PoisonCheck} saw in the one that it was learnt from
     */
    private record Known(Shape shape, boolean isMetric, int seen) {}

    ShapedEvents(PoisonCheck poison) {
        this.poison = poison;
    }

    /** The event in this message; null where it has to be read as JSON. */
    Event read(Message message) {
        byte[] value = message.value();
        Known known = shapes.match(value);
        if (known == null) {
            return null;
        }
        Event.Envelope envelope = new Event.Envelope(
                text(value, EventField.EVENT_SOURCE),
                text(value, EventField.SUBJECT),
                text(value, EventField.NAMESPACE),
                text(value, EventField.USER_ID),
                text(value, EventField.EVENT_TYPE),
                number(EventField.EVENT_TIME_MS));
        if (known.isMetric()) {
            EventBody body = new EventBody.Metric(text(value, EventField.METRIC_NAME), number(EventField.METRIC_VALUE));
            return new Event(message, envelope, body, null, null, known.shape());
        }
        EventBody.Activation body = activation(value);
        poison.saw(known.seen());
        String reason = poison.reason(envelope.eventType(), envelope.subject(), body.action(), body.statusCode());
        return new Event(message, envelope, body, null, reason, known.shape());
    }

    /**
     * The event with its shape, which is learnt if from it alone all can be told of the next event that has it.
     *
     * @param event as it was read as JSON
     * @param seen by {@link PoisonCheck}
     */
    Event learn(Event event, int seen) {
        Shape shape = finder.find(event);
        if (shape != null && !learnt.contains(shape)) {
            forgetTooMany();
            learnt.add(shape);
            shapes.add(shape, new Known(shape, event.body() instanceof EventBody.Metric, seen));
            if (!tellsAll(shape, event)) {
                shapes.add(shape, null);
            }
        }
        return new Event(event.message(), event.envelope(), event.body(), event.oddFields(), event.poison(), shape);
    }

    /** Those that are still needed are learnt again. */
    private void forgetTooMany() {
        if (learnt.size() == MOST_LEARNT) {
            learnt.clear();
            shapes = new ShapeTree<>();
        }
    }

    private boolean tellsAll(Shape shape, Event event) {
        // Of repeated fields the last one counts, and another one may be the one that is cut out.
        if (event.body() instanceof EventBody.Unreadable
                || LenientJson.hasRepeatedFields(event.message().value())) {
            return false;
        }
        Event again = read(event.message());
        return again != null && again.shape() == shape && ReadEvent.isSame(again, event);
    }

    private EventBody.Activation activation(byte[] value) {
        return new EventBody.Activation(
                text(value, EventField.ACTION),
                id(value, EventField.ACTIVATION_ID),
                number(EventField.STATUS_CODE),
                number(EventField.DURATION_MS),
                number(EventField.WAIT_MS),
                number(EventField.INIT_MS),
                text(value, EventField.KIND),
                flag(value, EventField.CONDUCTOR),
                number(EventField.MEMORY_MB),
                text(value, EventField.CAUSED_BY),
                number(EventField.RESPONSE_CHARS),
                number(EventField.USER_STATUS_CODE));
    }

    private String text(byte[] value, EventField field) {
        int start = shapes.start(field);
        return start < 0 ? null : texts.of(value, start, shapes.end(field));
    }

    /** A text that hardly anything else has. */
    private String id(byte[] value, EventField field) {
        int start = shapes.start(field);
        return start < 0 ? null : new String(value, start, shapes.end(field) - start, StandardCharsets.ISO_8859_1);
    }

    private Long number(EventField field) {
        return shapes.start(field) < 0 ? null : (Long) shapes.number(field);
    }

    private Boolean flag(byte[] value, EventField field) {
        int start = shapes.start(field);
        return start < 0 ? null : (Boolean) (value[start] == 't');
    }
}
