package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.Event;
import whisktape.EventField;
import whisktape.Shape;

/**
 * Finds the shapes of events. OpenWhisk writes its JSON in a handful of shapes, so nearly every event has one that is known already;
 * only one that has none of them is taken apart.
 *
 * <p>Not for use by several threads.
 */
public final class ShapeFinder {
    /** More than OpenWhisk has; of who sends more different texts most are stored as they are. */
    private static final int MOST_SHAPES = 64;

    /** When that many are known, of the messages that have none of them one in so many is taken apart all the same. */
    private static final int RARELY = 64;

    private static final int LONGEST_TEXT_CHARS = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    /** Those that fit lately are in front. */
    private final List<Shape> known = new ArrayList<>();

    private int unknown;

    /** The shape that gives an event's bytes with what was read in them; null if they have to be kept as they are. */
    public Shape find(Event event) {
        byte[] bytes = event.message().value();
        return bytes == null ? null : find(bytes, EventValues.of(event));
    }

    Shape find(byte[] bytes, Object[] values) {
        for (int i = 0; i < known.size(); i++) {
            Shape shape = known.get(i);
            if (shape.gives(bytes, values)) {
                moveForward(i);
                return shape;
            }
        }
        if (known.size() == MOST_SHAPES && ++unknown % RARELY != 0 || bytes.length > 2 * LONGEST_TEXT_CHARS) {
            return null;
        }
        Optional<Shape> found = cut(bytes, values)
                .filter(shape ->
                        shape.cuts() > 0 && shape.text().length() <= LONGEST_TEXT_CHARS && shape.gives(bytes, values));
        found.ifPresent(this::add);
        return found.orElse(null);
    }

    /** In the place of the one that fits least, if there is no other. */
    private void add(Shape shape) {
        if (known.size() == MOST_SHAPES) {
            known.set(MOST_SHAPES - 1, shape);
        } else {
            known.add(shape);
        }
    }

    private void moveForward(int index) {
        if (index > 0) {
            Shape shape = known.get(index);
            known.set(index, known.get(index - 1));
            known.set(index - 1, shape);
        }
    }

    private static Optional<Shape> cut(byte[] bytes, Object[] values) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
        int copied = 0;
        try (JsonParser parser = JSON.createParser(bytes)) {
            String above = "";
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    above = depth == 1 ? parser.currentName() + "." : above;
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                    above = depth == 1 ? "" : above;
                } else if (token.isScalarValue() && (depth == 1 || depth == 2)) {
                    EventField field = field(above, parser.currentName());
                    int quote = token == JsonToken.VALUE_STRING ? 1 : 0;
                    int from = (int) parser.currentTokenLocation().getByteOffset() + quote;
                    if (from < quote) {
                        // Jackson takes UTF-16 and UTF-32 too, and has no places there.
                        return Optional.empty();
                    }
                    int until = field == null ? -1 : Shape.endOf(values[field.ordinal()], bytes, from);
                    if (until >= 0 && endsThere(bytes, until, quote == 1)) {
                        text.write(bytes, copied, from - copied);
                        text.writeBytes((Shape.MARK + field.column() + Shape.MARK).getBytes(UTF_8));
                        copied = until;
                    }
                }
            }
        } catch (IOException e) {
            // No JSON, whatever was read in it: the bytes are kept.
            return Optional.empty();
        }
        text.write(bytes, copied, bytes.length - copied);
        return Optional.of(Shape.of(text.toString(UTF_8)));
    }

    /** A name with a dot in it would look like a place deeper down. */
    private static EventField field(String above, String name) {
        return name == null || name.indexOf('.') >= 0 ? null : EventField.ofPath(above + name);
    }

    /** A text ends with its quote, a number where no further character belongs to it. */
    private static boolean endsThere(byte[] bytes, int until, boolean isText) {
        if (until >= bytes.length) {
            return false;
        }
        return isText ? bytes[until] == '"' : ",}] \n\r\t".indexOf(bytes[until]) >= 0;
    }
}
