package whisktape.recorder;

import java.time.Duration;
import whisktape.source.Batch;
import whisktape.source.Source;

/** Polls one source on a thread of its own until it is told to stop, and says how the source is. */
final class Polling {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Source source;
    private final BatchQueue queue;
    private final StopWhen stopWhen;
    private final Thread thread;

    private volatile boolean stopped;
    private volatile boolean quiet;
    private volatile long lag;
    private volatile boolean away;

    Polling(Source source, BatchQueue queue, StopWhen stopWhen) {
        this.source = source;
        this.queue = queue;
        this.stopWhen = stopWhen;
        this.thread = new Thread(this::run, "whisktape-poll " + source.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    /** Waits until the thread has ended, which it does soon after {@link #stop}. */
    void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return source.name();
    }

    /** True if nothing came for as long as it takes to be idle, the workload is over, and the source is drained. */
    boolean isQuiet() {
        return quiet;
    }

    boolean isAway() {
        return away;
    }

    long lag() {
        return lag;
    }

    private void run() {
        try {
            poll();
            for (Batch rest = source.rest(); !rest.isEmpty(); rest = source.rest()) {
                queue.put(rest);
            }
            queue.end(null);
        } catch (InterruptedException e) {
            queue.end(new IllegalStateException("nobody interrupts a polling thread", e));
        } catch (RuntimeException | Error e) {
            // Whatever stopped this thread, the writing one must hear of it, or it would wait for ever.
            queue.end(e);
        }
    }

    private void poll() throws InterruptedException {
        long idleSinceNanos = System.nanoTime();
        boolean workloadWasOver = stopWhen.workloadIsOver().getAsBoolean();
        while (!stopped) {
            boolean over = stopWhen.workloadIsOver().getAsBoolean();
            if (over && !workloadWasOver) {
                idleSinceNanos = System.nanoTime();
                workloadWasOver = true;
            }
            Batch batch = source.poll(TICK);
            lag = source.lag();
            away = source.isAway();
            if (!batch.isEmpty()) {
                quiet = false;
                idleSinceNanos = System.nanoTime();
                queue.put(batch);
            } else if (!quiet) {
                quiet = over && isIdleSince(idleSinceNanos) && source.isDrained();
            }
        }
    }

    private boolean isIdleSince(long nanos) {
        return stopWhen.idle().isPresent()
                && System.nanoTime() - nanos >= stopWhen.idle().get().toNanos();
    }
}
