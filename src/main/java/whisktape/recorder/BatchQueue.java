package whisktape.recorder;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import whisktape.source.Batch;

/** Batches on their way from the polling threads to the writing one, bounded by the bytes they hold. */
final class BatchQueue {
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private long bytes;
    private int putters;
    private boolean closed;
    private Throwable failure;

    BatchQueue(long maxBytes, int putters) {
        this.maxBytes = maxBytes;
        this.putters = putters;
    }

    /** Adds a batch when there is room; a batch larger than all room is taken when the queue is empty. */
    void put(Batch batch) throws InterruptedException {
        long size = batch.sizeBytes();
        lock.lock();
        try {
            while (!closed && !batches.isEmpty() && bytes + size > maxBytes) {
                changed.await();
            }
            batches.add(batch);
            bytes += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One of those who put puts nothing more; {@code failure} is what stopped it, or null. */
    void end(Throwable failure) {
        lock.lock();
        try {
            if (this.failure == null) {
                this.failure = failure;
            }
            putters--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken: whoever waits for room need not wait any longer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; empty if none came in this time, or none will. */
    Optional<Batch> take(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (batches.isEmpty() && putters > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            Batch batch = batches.poll();
            if (batch != null) {
                bytes -= batch.sizeBytes();
                changed.signalAll();
            }
            return Optional.ofNullable(batch);
        } finally {
            lock.unlock();
        }
    }

    /** True once everything that was put has been taken and nothing more comes. */
    boolean isFinished() {
        lock.lock();
        try {
            return putters == 0 && batches.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What stopped the first of those who were stopped by something; null if nothing did. */
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }
}
