package whisktape.replay;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the messages that were handed over; any thread may say so. */
public final class Deliveries {
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean hopeless;
    private String firstFailure;

    /** The broker has it. */
    public void acknowledge() {
        acknowledged.incrementAndGet();
    }

    /**
     * It is not known to have arrived.
     *
     * @param partition where it was recorded
     * @param offset where it was recorded
     * @param reason why
     * @param hopeless true if those after it would fare no better
     */
    public void fail(int partition, long offset, String reason, boolean hopeless) {
        nameFirst("partition " + partition + ", offset " + offset + ": " + reason);
        if (hopeless) {
            this.hopeless = true;
        }
        failed.incrementAndGet();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long failed() {
        return failed.get();
    }

    long settled() {
        return acknowledged() + failed();
    }

    boolean isHopeless() {
        return hopeless;
    }

    synchronized Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    private synchronized void nameFirst(String failure) {
        if (firstFailure == null) {
            firstFailure = failure;
        }
    }
}
