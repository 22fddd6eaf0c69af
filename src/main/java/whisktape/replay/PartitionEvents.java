package whisktape.replay;

import java.util.List;
import whisktape.recording.MessageReader;
import whisktape.recording.RecordedMessage;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** The selected events of one partition in the order of their offsets, through all its segments. */
final class PartitionEvents implements AutoCloseable {
    private final Selection selection;
    private final Recording recording;
    private final List<Segment> segments;

    private int nextSegment;
    private MessageReader reader;
    private long lastTimeMs = SelectedEvent.UNKNOWN;

    private SelectedEvent head;
    private long dueMs = SelectedEvent.UNKNOWN;

    PartitionEvents(Selection selection, List<Segment> segments) {
        this.selection = selection;
        this.recording = selection.recording();
        this.segments = segments;
    }

    /** Goes to the next event; false after the last. */
    boolean advance() {
        while (reader != null || openNext()) {
            while (reader.hasNext()) {
                SelectedEvent event = timed(reader.next());
                if (selection.holds(event)) {
                    head = event;
                    dueMs = Math.max(dueMs, event.timeMs());
                    return true;
                }
            }
            close();
        }
        return false;
    }

    SelectedEvent head() {
        return head;
    }

    /** When the head's turn is among other partitions: an event that steps back in time goes with its predecessor. */
    long dueMs() {
        return dueMs;
    }

    int partition() {
        return segments.get(0).partition();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private boolean openNext() {
        while (nextSegment < segments.size() && isOutside(nextSegment)) {
            lastTimeMs = segments.get(nextSegment++).untilTimeMs();
        }
        if (nextSegment == segments.size()) {
            return false;
        }
        reader = recording.messagesOf(segments.get(nextSegment++));
        return true;
    }

    /**
     * True if the segment need not be read. One that follows a segment inside the window is read even where its own times
     * are outside: it may begin with events that have no time, and those belong to their predecessor.
     */
    private boolean isOutside(int index) {
        boolean predecessorIsOutside =
                index == 0 ? !selection.holds(SelectedEvent.UNKNOWN) : selection.misses(segments.get(index - 1));
        return predecessorIsOutside && selection.misses(segments.get(index));
    }

    private SelectedEvent timed(RecordedMessage recorded) {
        Long timeMs = recorded.timeMs();
        if (timeMs != null) {
            lastTimeMs = timeMs;
        }
        return new SelectedEvent(recorded.message(), lastTimeMs, recorded.poisonReason());
    }
}
