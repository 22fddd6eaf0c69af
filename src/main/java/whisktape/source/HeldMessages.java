package whisktape.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import whisktape.Message;

/** Polled messages on their way out: first they wait to be confirmed, then to be taken. */
final class HeldMessages {
    private static final long FULL_BYTES = 4L << 20;

    private final List<Message> unconfirmed = new ArrayList<>();
    private final Deque<Message> confirmed = new ArrayDeque<>();
    private long unconfirmedBytes;

    void hold(List<Message> messages) {
        for (Message message : messages) {
            unconfirmed.add(message);
            unconfirmedBytes += message.sizeBytes();
        }
    }

    /** Lets all that waits go, and moves the offsets that come next behind it. */
    void confirm(Map<Integer, Long> next) {
        for (Message message : unconfirmed) {
            confirmed.add(message);
            next.put(message.partition(), message.offset() + 1);
        }
        dropUnconfirmed();
    }

    void dropUnconfirmed() {
        unconfirmed.clear();
        unconfirmedBytes = 0;
    }

    /** The next confirmed messages: few, so that they are still near to the processor when they are written. */
    List<Message> take(int atMost) {
        List<Message> taken = new ArrayList<>(Math.min(atMost, confirmed.size()));
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

    /** True if nothing more should be polled before these are confirmed. */
    boolean isFull() {
        return unconfirmedBytes >= FULL_BYTES;
    }

    int size() {
        return unconfirmed.size() + confirmed.size();
    }
}
