package whisktape.shapes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import whisktape.Event;
import whisktape.Shape;

/** For tests: the bytes that a shape gives. */
public final class ShapedBytes {
    private ShapedBytes() {}

    public static byte[] of(Event event) {
        return of(event.shape(), EventValues.of(event));
    }

    static byte[] of(Shape shape, Object[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < shape.cuts(); i++) {
            bytes.writeBytes(shape.literal(i));
            Object value = values[shape.cut(i).ordinal()];
            bytes.writeBytes(
                    value instanceof byte[] text ? text : value.toString().getBytes(StandardCharsets.US_ASCII));
        }
        bytes.writeBytes(shape.literal(shape.cuts()));
        return bytes.toByteArray();
    }
}
