package whisktape.replay;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Time as replay sees it, so that tests need not wait for it. */
public interface ReplayClock {

    /** Nanoseconds since some moment; never steps back. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /** Waits so long, or a little less or more. */
    void sleep(long nanos);

    /** This machine's. */
    static ReplayClock system() {
        return new ReplayClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        };
    }
}
