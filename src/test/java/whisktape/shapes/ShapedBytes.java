package whisktape.shapes;

import whisktape.Event;

/** For tests: the bytes that an event's shape gives. */
public final class ShapedBytes {
    private ShapedBytes() {}

    public static byte[] of(Event event) {
        return event.shape().fill(EventValues.of(event));
    }
}
