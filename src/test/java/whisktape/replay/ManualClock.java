package whisktape.replay;

import java.time.Instant;

/** Time that only passes while somebody sleeps. */
final class ManualClock implements ReplayClock {
    static final Instant START = Instant.parse("2026-03-14T09:15:00Z");

    private final long oversleptNanos;
    private long nanos = -7;

    ManualClock() {
        this(0);
    }

    /** A clock whose sleepers wake too late by so much. */
    ManualClock(long oversleptNanos) {
        this.oversleptNanos = oversleptNanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos + 7);
    }

    @Override
    public void sleep(long wanted) {
        nanos += wanted + oversleptNanos;
    }
}
