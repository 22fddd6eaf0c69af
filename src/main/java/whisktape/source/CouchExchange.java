package whisktape.source;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request on its way, whose answer comes later or never. */
final class CouchExchange {
    private final CompletableFuture<CouchAnswer> answer = new CompletableFuture<>();
    private final long startNanos = System.nanoTime();
    private volatile long heardNanos = startNanos;
    private volatile CompletableFuture<?> underWay;

    /** Where the client puts the answer. */
    CompletableFuture<CouchAnswer> answer() {
        return answer;
    }

    /** Something came of the answer. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    void isUnderWay(CompletableFuture<?> request) {
        underWay = request;
        if (answer.isCancelled()) {
            request.cancel(true);
        }
    }

    boolean isDone() {
        return answer.isDone();
    }

    boolean wasHeard() {
        return heardNanos != startNanos;
    }

    /** How long nothing came of it. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /**
     * Waits for the answer; empty if it has not come in this time.
     *
     * @throws ExecutionException where there will be none
     */
    Optional<CouchAnswer> await(Duration atMost) throws ExecutionException {
        try {
            return Optional.of(answer.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a polling thread", e);
        }
    }

    void cancel() {
        answer.cancel(true);
        CompletableFuture<?> request = underWay;
        if (request != null) {
            request.cancel(true);
        }
    }
}
