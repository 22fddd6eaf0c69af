package whisktape.replay;

import java.time.Instant;
import whisktape.Message;
import whisktape.recording.EventTimestamp;

/**
 * Moves the times of a round by one constant: the first event to now, all others as far from it as recorded. The next round
 * goes on where this one ended.
 */
final class Rebase {
    private final long nowMs;

    private boolean begun;
    private long firstMs;
    private long latestMs;
    private long lengthMs;
    private long unmoved;

    Rebase(Instant now) {
        this.nowMs = now.toEpochMilli();
    }

    /** The message with its Kafka timestamp moved, and the timestamp in its value; what cannot be moved stays. */
    Message apply(SelectedEvent event) {
        Message message = event.message();
        if (event.timeMs() == SelectedEvent.UNKNOWN) {
            unmoved++;
            return message;
        }
        if (!begun) {
            begun = true;
            firstMs = event.timeMs();
            latestMs = event.timeMs();
        }
        latestMs = Math.max(latestMs, event.timeMs());
        return moved(message, nowMs + lengthMs - firstMs);
    }

    void nextRound() {
        begun = false;
        lengthMs += latestMs - firstMs;
    }

    /** How many values have no timestamp that could be moved. */
    long unmoved() {
        return unmoved;
    }

    private Message moved(Message message, long shiftMs) {
        byte[] value = EventTimestamp.shift(message.value(), shiftMs).orElse(message.value());
        if (value == message.value()) {
            unmoved++;
        }
        return new Message(
                message.incarnation(),
                message.partition(),
                message.offset(),
                message.timestampMs() == Message.NO_TIMESTAMP
                        ? Message.NO_TIMESTAMP
                        : Math.max(0, message.timestampMs() + shiftMs),
                message.timestampType(),
                message.recordedAtMs(),
                message.key(),
                value,
                message.headers());
    }
}
