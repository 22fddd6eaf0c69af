package whisktape.replay;

import whisktape.Message;

/**
 * One event to be replayed.
 *
 * @param message as recorded
 * @param timeMs its own time, or where it has none that of its predecessor in the partition; {@link #UNKNOWN} without one
 */
record SelectedEvent(Message message, long timeMs) {
    /** Before everything that has a time. */
    static final long UNKNOWN = Long.MIN_VALUE;
}
