package whisktape.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import whisktape.Event;
import whisktape.shapes.EventRows;

/** Polled events on their way out: first they wait to be confirmed, then to be taken. */
final class HeldEvents {
    private static final long ENOUGH_BYTES = 4L << 20;
    private static final long FULL_BYTES = 2 * ENOUGH_BYTES;

    private final Deque<EventBatch> unconfirmed = new ArrayDeque<>();
    private final Deque<EventBatch> confirmed = new ArrayDeque<>();
    private long unconfirmedBytes;

    /** In all of them, counted as they come and go: whoever asks for the lag asks after each batch. */
    private int rows;

    /** How many of the unconfirmed batches the open question is about: those that were there before it. */
    private int asked;

    void hold(EventBatch batch) {
        unconfirmed.add(batch);
        unconfirmedBytes += batch.sizeBytes();
        rows += batch.rows();
    }

    /** Somebody asks now whether all that waits is of the topic it is taken for. */
    void ask() {
        asked = unconfirmed.size();
    }

    /** The answer was yes: lets go what waited when it was asked, and moves the offsets that come next behind it. */
    void confirm(Map<Integer, Long> next) {
        for (; asked > 0; asked--) {
            EventBatch batch = unconfirmed.poll();
            unconfirmedBytes -= batch.sizeBytes();
            confirmed.add(batch);
            batch.shaped().ifPresent(rows -> moveBehind(rows, next));
            for (Event event : batch.events()) {
                next.put(event.message().partition(), event.message().offset() + 1);
            }
        }
    }

    private static void moveBehind(EventRows rows, Map<Integer, Long> next) {
        next.put(rows.origin().partition(), rows.offsets()[rows.count() - 1] + 1);
    }

    void dropUnconfirmed() {
        unconfirmed.forEach(batch -> rows -= batch.rows());
        unconfirmed.clear();
        unconfirmedBytes = 0;
        asked = 0;
    }

    /** The next confirmed events; an empty batch if there are none. */
    EventBatch take() {
        EventBatch batch = hasConfirmed() ? confirmed.poll() : EventBatch.EMPTY;
        rows -= batch.rows();
        return batch;
    }

    boolean hasUnconfirmed() {
        return !unconfirmed.isEmpty();
    }

    boolean hasConfirmed() {
        return !confirmed.isEmpty();
    }

    /** True if it is time to ask for confirmation. */
    boolean isEnough() {
        return unconfirmedBytes >= ENOUGH_BYTES;
    }

    /** True if nothing more should be polled before something is confirmed. */
    boolean isFull() {
        return unconfirmedBytes >= FULL_BYTES;
    }

    /** Events, confirmed or not. */
    int size() {
        return rows;
    }
}
