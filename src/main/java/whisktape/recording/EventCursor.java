package whisktape.recording;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import whisktape.Event;

/** The events of several segments of one partition, which follow each other, one after the other. */
final class EventCursor implements AutoCloseable {
    private final Recording recording;
    private final Iterator<Segment> segments;
    private EventReader reader;
    private Event next;

    EventCursor(Recording recording, List<Segment> segments) {
        this.recording = recording;
        this.segments = segments.iterator();
        move();
    }

    boolean hasNext() {
        return next != null;
    }

    long nextOffset() {
        return next.message().offset();
    }

    Event next() {
        if (next == null) {
            throw new NoSuchElementException(recording.folder().toString());
        }
        Event taken = next;
        move();
        return taken;
    }

    Recording recording() {
        return recording;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }

    private void move() {
        while (reader == null || !reader.hasNext()) {
            close();
            reader = null;
            if (!segments.hasNext()) {
                next = null;
                return;
            }
            reader = recording.eventsOf(segments.next());
        }
        next = reader.next();
    }
}
