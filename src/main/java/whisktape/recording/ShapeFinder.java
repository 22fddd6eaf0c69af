package whisktape.recording;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;

/**
 * Finds the shapes of messages while a segment is written. OpenWhisk writes its JSON in a handful of shapes, so nearly every message has
 * one that is known already; only a message that has none of them is taken apart.
 */
final class ShapeFinder {
    /** More than OpenWhisk has; who sends more different texts has them stored as they are. */
    private static final int MOST_SHAPES = 64;

    private static final int LONGEST_TEXT_BYTES = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    /** Those that fit lately are in front. */
    private final List<Shape> known = new ArrayList<>();

    /** The shape that gives these bytes with these values; null if they have to be kept as they are. */
    Shape find(byte[] bytes, Object[] values) {
        for (int i = 0; i < known.size(); i++) {
            Shape shape = known.get(i);
            if (shape.gives(bytes, values)) {
                moveForward(i);
                return shape;
            }
        }
        if (known.size() == MOST_SHAPES || bytes.length > 2 * LONGEST_TEXT_BYTES) {
            return null;
        }
        Optional<Shape> found = cut(bytes, values)
                .filter(shape ->
                        shape.cuts() > 0 && shape.text().length() <= LONGEST_TEXT_BYTES && shape.gives(bytes, values));
        found.ifPresent(known::add);
        return found.orElse(null);
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
                    TypedColumn column = TypedColumn.ofPath(above + parser.currentName());
                    int quote = token == JsonToken.VALUE_STRING ? 1 : 0;
                    int from = (int) parser.currentTokenLocation().getByteOffset() + quote;
                    if (from < quote) {
                        // Jackson takes UTF-16 and UTF-32 too, and has no places there.
                        return Optional.empty();
                    }
                    int until = column == null ? -1 : Shape.after(values[column.ordinal()], bytes, from);
                    if (until >= 0 && endsThere(bytes, until, quote == 1)) {
                        text.write(bytes, copied, from - copied);
                        text.write(Shape.MARK);
                        text.writeBytes(column.column().getBytes(US_ASCII));
                        text.write(Shape.MARK);
                        copied = until;
                    }
                }
            }
        } catch (IOException e) {
            // No JSON, whatever the columns say: the bytes are kept.
            return Optional.empty();
        }
        text.write(bytes, copied, bytes.length - copied);
        return Optional.of(Shape.of(Binary.fromConstantByteArray(text.toByteArray())));
    }

    /** A text ends with its quote, a number where no further character belongs to it. */
    private static boolean endsThere(byte[] bytes, int until, boolean isText) {
        if (until >= bytes.length) {
            return false;
        }
        return isText ? bytes[until] == '"' : ",}] \n\r\t".indexOf(bytes[until]) >= 0;
    }
}
