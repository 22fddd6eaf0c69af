package whisktape.recorder;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.WhisktapeException;
import whisktape.recording.RecordingWriter;
import whisktape.source.Batch;
import whisktape.source.Source;

/**
 * Moves events from a source into a recording. One thread polls and parses, the calling thread writes and seals; what is
 * between them is bounded by bytes.
 */
public final class Recorder {
    private static final long QUEUE_BYTES = 2L << 20;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final Source source;
    private final RecordingWriter writer;
    private final StopWhen stopWhen;
    private final Consumer<Progress> progress;
    private final BatchQueue queue = new BatchQueue(QUEUE_BYTES);
    private final long startNanos = System.nanoTime();

    private volatile boolean stopped;
    private volatile long lag;
    private volatile boolean away;
    private long rows;
    private long unreadable;
    private int gaps;
    private long lastWriteNanos = startNanos;

    /** A recorder from an open source into a writer that has begun at the source's position. */
    public Recorder(Source source, RecordingWriter writer, StopWhen stopWhen, Consumer<Progress> progress) {
        this.source = source;
        this.writer = writer;
        this.stopWhen = stopWhen;
        this.progress = progress;
    }

    /** Brings the recorder to its end soon; from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Records until the end and completes the recording.
     *
     * @throws WhisktapeException where source or disk fail; what had arrived is sealed as far as the disk permits
     */
    public Progress run() {
        Thread polling = new Thread(this::poll, "whisktape-poll");
        polling.setDaemon(true);
        polling.start();
        try {
            write();
            polling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WhisktapeException("recording was interrupted; whisktape record --resume goes on", e);
        } finally {
            stop();
            queue.close();
        }
        seal();
        if (queue.failure() != null) {
            throw rethrown(queue.failure());
        }
        writer.finish();
        return snapshot();
    }

    /** Waiting for a topic to be idle is no work, but bringing the last events to the disk is. */
    private void seal() {
        long begin = System.nanoTime();
        writer.sealAll();
        lastWriteNanos += System.nanoTime() - begin;
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private void poll() {
        try {
            long lastEventNanos = System.nanoTime();
            boolean workloadWasOver = stopWhen.workloadIsOver().getAsBoolean();
            while (!stopped && !isTimeUp()) {
                boolean over = stopWhen.workloadIsOver().getAsBoolean();
                if (over && !workloadWasOver) {
                    lastEventNanos = System.nanoTime();
                    workloadWasOver = true;
                }
                Batch batch = source.poll(TICK);
                lag = source.lag();
                away = source.isAway();
                if (!batch.isEmpty()) {
                    lastEventNanos = System.nanoTime();
                    queue.put(batch);
                } else if (over && isIdleSince(lastEventNanos) && source.isDrained()) {
                    break;
                }
            }
            for (Batch rest = source.rest(); !rest.isEmpty(); rest = source.rest()) {
                queue.put(rest);
            }
            queue.end(null);
        } catch (InterruptedException e) {
            queue.end(new IllegalStateException("nobody interrupts the polling thread", e));
        } catch (RuntimeException | Error e) {
            // Whatever stopped this thread, the other one must hear of it, or it would wait for ever.
            queue.end(e);
        }
    }

    private boolean isTimeUp() {
        return stopWhen.after().isPresent()
                && System.nanoTime() - startNanos >= stopWhen.after().get().toNanos();
    }

    private boolean isIdleSince(long nanos) {
        return stopWhen.idle().isPresent()
                && System.nanoTime() - nanos >= stopWhen.idle().get().toNanos();
    }

    private void write() throws InterruptedException {
        long nextProgress = startNanos + PROGRESS_EVERY.toNanos();
        while (!queue.isFinished()) {
            Optional<Batch> batch = queue.take(TICK);
            if (batch.isPresent()) {
                write(batch.get());
            }
            writer.sealDue();
            if (System.nanoTime() >= nextProgress) {
                progress.accept(snapshot());
                nextProgress = System.nanoTime() + PROGRESS_EVERY.toNanos();
            }
        }
    }

    private void write(Batch batch) {
        batch.gaps().forEach(writer::gap);
        batch.newLife().ifPresent(writer::beginLife);
        for (Event event : batch.events()) {
            writer.write(event);
            if (event.body() instanceof EventBody.Unreadable) {
                unreadable++;
            }
        }
        gaps += batch.gaps().size();
        rows += batch.events().size();
        if (!batch.events().isEmpty()) {
            lastWriteNanos = System.nanoTime();
        }
    }

    private Progress snapshot() {
        long now = System.nanoTime();
        return new Progress(
                rows,
                unreadable,
                gaps,
                writer.manifest().segments().size(),
                lag,
                away,
                Duration.ofNanos(now - startNanos),
                Duration.ofNanos(lastWriteNanos - startNanos));
    }
}
