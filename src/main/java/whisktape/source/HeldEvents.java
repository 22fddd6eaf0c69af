package whisktape.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import whisktape.Event;
import whisktape.Message;

/** Polled events on their way out: first they wait to be confirmed, then to be taken. */
final class HeldEvents {
    private static final long ENOUGH_BYTES = 4L << 20;
    private static final long FULL_BYTES = 2 * ENOUGH_BYTES;

    private final Deque<Event> unconfirmed = new ArrayDeque<>();
    private final Deque<Event> confirmed = new ArrayDeque<>();
    private long unconfirmedBytes;

    /** How many of the unconfirmed the open question is about: those that were there before it. */
    private int asked;

    void hold(Event event) {
        unconfirmed.add(event);
        unconfirmedBytes += event.message().sizeBytes();
    }

    /** Somebody asks now whether all that waits is of the topic it is taken for. */
    void ask() {
        asked = unconfirmed.size();
    }

    /** The answer was yes: lets go what waited when it was asked, and moves the offsets that come next behind it. */
    void confirm(Map<Integer, Long> next) {
        Message last = null;
        for (; asked > 0; asked--) {
            Event event = unconfirmed.poll();
            Message message = event.message();
            unconfirmedBytes -= message.sizeBytes();
            confirmed.add(event);
            if (last != null && last.partition() != message.partition()) {
                next.put(last.partition(), last.offset() + 1);
            }
            last = message;
        }
        if (last != null) {
            next.put(last.partition(), last.offset() + 1);
        }
    }

    void dropUnconfirmed() {
        unconfirmed.clear();
        unconfirmedBytes = 0;
        asked = 0;
    }

    /** The next confirmed events: few, so that they are still near to the processor when they are written. */
    List<Event> take(int atMost) {
        List<Event> taken = new ArrayList<>(Math.min(atMost, confirmed.size()));
        while (taken.size() < atMost && !confirmed.isEmpty()) {
            taken.add(confirmed.poll());
        }
        return taken;
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

    int size() {
        return unconfirmed.size() + confirmed.size();
    }
}
