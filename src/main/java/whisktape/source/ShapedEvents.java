package whisktape.source;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;
import whisktape.shapes.EventRows;
import whisktape.shapes.NumberedTexts;
import whisktape.shapes.ShapeFinder;
import whisktape.shapes.ShapeTree;

/**
 * Reads events by their shapes, which are learnt from events that were read as JSON: where only the values differ, only the values have
 * to be read. An event becomes a row that says what would have been read as JSON, or none at all.
 */
final class ShapedEvents {
    private static final int MOST_LEARNT = 1024;
    private static final EventRows.Origin NOWHERE = new EventRows.Origin(1, 0, Message.TimestampType.NONE, false, 0);

    private final ShapeFinder finder = new ShapeFinder();
    private final Set<Shape> learnt = new HashSet<>();
    private final PoisonCheck poison;

    private ShapeTree<Known> shapes;
    private NumberedTexts texts;

    /** By the number of a text, 1 if it is a path of a namespace and an action, -1 if not, 0 where nobody has asked. */
    private byte[] actionPaths;

    private int activation;
    private int metric;

    /** For one event by itself. */
    private EventRows single;

    /** What {@link #knows} found last. */
    private Known known;

    /**
     * What all events of a shape have in common.
     *
     * @param number of the shape's text
     * @param fields as {@link EventRows#bits} has them
     * @param seen what {@link PoisonCheck} saw in the one that it was learnt from
     */
    private record Known(Shape shape, int number, int fields, boolean isMetric, int seen) {}

    ShapedEvents(PoisonCheck poison) {
        this.poison = poison;
        forget();
    }

    /** The event in this message; null where it has to be read as JSON. */
    Event read(Message message) {
        byte[] value = message.value();
        if (!knows(value, 0, value.length)) {
            return null;
        }
        single.clear();
        return add(single, value, 0, 0) ? single.event(0, message, known.shape()) : null;
    }

    /** Rows for events of the shapes that are known now. */
    EventRows newRows(EventRows.Origin origin, int room) {
        return new EventRows(origin, texts, room);
    }

    /** True if the message in this part of some bytes has a known shape. */
    boolean knows(byte[] bytes, int from, int until) {
        known = shapes.match(bytes, from, until);
        return known != null;
    }

    /** True if these rows are for the shapes that are known now. */
    boolean takes(EventRows rows) {
        return rows.texts() == texts;
    }

    /** Adds the message that was found {@link #knows known} last. False, and nothing is added, if it has to be read as JSON all the same. */
    boolean add(EventRows rows, byte[] bytes, long offset, long timestampMs) {
        if (!fill(rows, bytes) || !isHarmless(rows) && poisonReason(rows) != null) {
            return false;
        }
        rows.add(offset, timestampMs, known.number());
        return true;
    }

    private boolean fill(EventRows rows, byte[] bytes) {
        Shape shape = known.shape();
        rows.begin(known.fields());
        for (int cut = 0; cut < shape.cuts(); cut++) {
            EventField field = shape.cut(cut);
            switch (field.kind()) {
                case NUMBER -> rows.setNumber(field, shapes.number(cut));
                case FLAG -> rows.setFlag(field, bytes[shapes.start(cut)] == 't');
                case TEXT -> {
                    if (field == EventField.ACTIVATION_ID) {
                        rows.setActivationId(bytes, shapes.start(cut), shapes.end(cut));
                    } else if (!fill(rows, field, bytes, cut)) {
                        return false;
                    }
                }
            }
        }
        rows.setText(EventField.BODY_TYPE, known.isMetric() ? metric : activation);
        return true;
    }

    private boolean fill(EventRows rows, EventField field, byte[] bytes, int cut) {
        int number = texts.numberOf(bytes, shapes.start(cut), shapes.end(cut), shapes.hash(cut));
        if (number == NumberedTexts.NONE) {
            if (texts.isFull()) {
                forget();
            }
            return false;
        }
        rows.setText(field, number);
        return true;
    }

    /** True if no reason needs to be looked for in the row that is filled and not added: of most it is known from numbers alone. */
    private boolean isHarmless(EventRows rows) {
        if (known.isMetric()) {
            return true;
        }
        int row = rows.count();
        return rows.has(EventField.STATUS_CODE, row)
                && rows.has(EventField.ACTION, row)
                && PoisonCheck.isHarmless(rows.numbers(EventField.STATUS_CODE)[row])
                && isActionPath(rows.places(EventField.ACTION)[row]);
    }

    private boolean isActionPath(int number) {
        if (actionPaths[number] == 0) {
            actionPaths[number] = (byte) (poison.isActionPath(texts.text(number)) ? 1 : -1);
        }
        return actionPaths[number] > 0;
    }

    /** Why user-events would stumble over the row that is filled and not added; null if it would not. */
    private String poisonReason(EventRows rows) {
        if (known.isMetric()) {
            return null;
        }
        int row = rows.count();
        poison.saw(known.seen());
        return poison.reason(
                rows.text(EventField.EVENT_TYPE, row),
                rows.text(EventField.SUBJECT, row),
                rows.text(EventField.ACTION, row),
                rows.number(EventField.STATUS_CODE, row));
    }

    /**
     * The event with its shape, which is learnt if from it alone all can be told of the next event that has it.
     *
     * @param event as it was read as JSON
     * @param seen by {@link PoisonCheck}
     */
    Event learn(Event event, int seen) {
        Shape shape = finder.find(event);
        if (shape != null
                && !learnt.contains(shape)
                && isRecognised(shape, event.message().value())) {
            learn(shape, event, seen);
        }
        return new Event(event.message(), event.envelope(), event.body(), event.oddFields(), event.poison(), shape);
    }

    /** False where this event's values are written in another way than most: the next one may teach the same shape. */
    private static boolean isRecognised(Shape shape, byte[] value) {
        ShapeTree<Shape> alone = new ShapeTree<>();
        alone.add(shape, shape);
        return alone.match(value, 0, value.length) != null;
    }

    private void learn(Shape shape, Event event, int seen) {
        if (learnt.size() == MOST_LEARNT || texts.isFull()) {
            forget();
        }
        learnt.add(shape);
        Known learning = new Known(
                shape, texts.add(shape.text()), fields(shape), event.body() instanceof EventBody.Metric, seen);
        shapes.add(shape, learning);
        if (!tellsAll(learning, event)) {
            shapes.add(shape, null);
        }
    }

    private static int fields(Shape shape) {
        Set<EventField> fields = EnumSet.of(EventField.BODY_TYPE);
        for (int cut = 0; cut < shape.cuts(); cut++) {
            fields.add(shape.cut(cut));
        }
        return EventRows.bits(fields);
    }

    private boolean tellsAll(Known learning, Event event) {
        // Of repeated fields the last one counts, and another one may be the one that is cut out.
        byte[] value = event.message().value();
        if (event.body() instanceof EventBody.Unreadable || LenientJson.hasRepeatedFields(value)) {
            return false;
        }
        single.clear();
        if (!knows(value, 0, value.length) || known != learning || !fill(single, value)) {
            return false;
        }
        String reason = poisonReason(single);
        single.add(0, 0, known.number());
        Event again = single.event(0, event.message(), known.shape());
        return event.oddFields() == null
                && Objects.equals(reason, event.poison())
                && again.envelope().equals(event.envelope())
                && again.body().equals(event.body());
    }

    /** Begins anew with nothing; what is still needed is learnt again. */
    private void forget() {
        learnt.clear();
        shapes = new ShapeTree<>();
        texts = new NumberedTexts();
        actionPaths = new byte[NumberedTexts.MOST];
        activation = texts.add(EventRows.ACTIVATION);
        metric = texts.add(EventRows.METRIC);
        single = new EventRows(NOWHERE, texts, 1);
    }
}
