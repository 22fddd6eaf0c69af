package whisktape.replay;

/**
 * When each event is due, counted from the start: its recorded distance from the first one, divided by the speed. Every due
 * time is computed from the start and none from the one before, so that errors cannot add up.
 */
final class Schedule {
    private static final double NANOS_PER_MS = 1e6;

    private final double speed;
    private final long maxGapMs;

    private boolean begun;
    private long latestMs;
    private long distanceMs;

    Schedule(Pacing pacing) {
        this.speed = pacing.speed().factor();
        this.maxGapMs = pacing.maxGap().toMillis();
    }

    /** When the next event, of this time, is due. One without a time, or that steps back, is due with its predecessor. */
    long dueNanos(long timeMs) {
        if (timeMs != SelectedEvent.UNKNOWN && (!begun || timeMs > latestMs)) {
            if (begun) {
                distanceMs = cappedSum(distanceMs, Math.min(maxGapMs, gap(latestMs, timeMs)));
            }
            begun = true;
            latestMs = timeMs;
        }
        // Rounded up: a nanosecond early is early. The cast ends at the largest long.
        return (long) Math.ceil(distanceMs * (NANOS_PER_MS / speed));
    }

    /** Begins again with the first event, which is due with the last one of the round before. */
    void nextRound() {
        begun = false;
    }

    private static long gap(long earlierMs, long laterMs) {
        long gap = laterMs - earlierMs;
        return gap < 0 ? Long.MAX_VALUE : gap;
    }

    private static long cappedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
