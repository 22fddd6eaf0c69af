package whisktape.replay;

/**
 * When the next packet may leave. Nobody tells a sender of UDP that the receiver's buffer is full, and what comes then is lost without a
 * word: so after a burst that any buffer holds, packets go at a pace that a StatsD can read.
 */
final class PacketPace {
    private static final int BURST = 16;
    private static final long INTERVAL_NANOS = 400_000;

    private boolean begun;
    private long dueNanos;

    /** How long to wait, now, before the next packet leaves; it is taken for sent then. */
    long nanosUntilNext(long nowNanos) {
        long earliest = nowNanos - BURST * INTERVAL_NANOS;
        dueNanos = begun && dueNanos - earliest > 0 ? dueNanos + INTERVAL_NANOS : earliest + INTERVAL_NANOS;
        begun = true;
        return Math.max(0, dueNanos - nowNanos);
    }
}
