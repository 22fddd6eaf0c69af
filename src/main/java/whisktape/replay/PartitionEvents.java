package whisktape.replay;

import java.util.List;
import java.util.Optional;
import whisktape.Message;
import whisktape.recording.LongRange;
import whisktape.recording.MessageCursor;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** The selected events of one partition in the order of their offsets, through all its segments. */
final class PartitionEvents implements AutoCloseable {
    private final Selection selection;
    private final Recording recording;
    private final List<Segment> segments;

    private int nextSegment;
    private MessageCursor cursor;
    private long timeMs = SelectedEvent.UNKNOWN;
    private long dueMs = SelectedEvent.UNKNOWN;

    PartitionEvents(Selection selection, List<Segment> segments) {
        this.selection = selection;
        this.recording = selection.recording();
        this.segments = segments;
    }

    /** Goes to the next event; false after the last. */
    boolean advance() {
        while (cursor != null || openNext()) {
            passOverWhatIsOutside();
            while (cursor.advance()) {
                if (cursor.hasTime()) {
                    timeMs = cursor.timeMs();
                }
                if (isSelected()) {
                    dueMs = Math.max(dueMs, timeMs);
                    return true;
                }
                passOverWhatIsOutside();
            }
            close();
        }
        return false;
    }

    /** Its own time, or where it has none that of its predecessor; {@link SelectedEvent#UNKNOWN} without one. */
    long timeMs() {
        return timeMs;
    }

    long offset() {
        return cursor.offset();
    }

    /** Why user-events would stumble over it for ever; null for any other event. */
    String poisonReason() {
        return cursor.poisonReason();
    }

    Message message() {
        return cursor.message();
    }

    /** When its turn is among other partitions: an event that steps back in time goes with its predecessor. */
    long dueMs() {
        return dueMs;
    }

    int partition() {
        return segments.get(0).partition();
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    private boolean openNext() {
        while (nextSegment < segments.size() && isOutside(nextSegment)) {
            timeMs = segments.get(nextSegment++).untilTimeMs();
        }
        if (nextSegment == segments.size()) {
            return false;
        }
        cursor = recording.cursorOf(segments.get(nextSegment++));
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

    /** Row groups that need not be read; who comes behind them without a time has that of their last message, which is outside too. */
    private void passOverWhatIsOutside() {
        Optional<LongRange> next = cursor.nextTimesMs();
        while (next.isPresent() && selection.misses(next.get())) {
            timeMs = next.get().to();
            cursor.skipNext();
            next = cursor.nextTimesMs();
        }
    }

    private boolean isSelected() {
        return selection.holds(timeMs)
                && selection.filter().test(cursor.incarnation(), cursor.partition(), cursor.offset());
    }
}
