package whisktape.recorder;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.WhisktapeException;
import whisktape.recording.RecordingWriter;
import whisktape.shapes.EventRows;
import whisktape.source.Batch;
import whisktape.source.DocumentBatch;
import whisktape.source.DocumentSource;
import whisktape.source.EventBatch;
import whisktape.source.EventSource;
import whisktape.source.Source;

/**
 * Moves events and documents from their sources into one recording. One thread for each source polls and parses, the
 * calling thread parses, writes and seals; what is between them is bounded by bytes.
 */
public final class Recorder {
    /** So that polling goes on while a row group is written; events take some times their bytes, so a small heap has room for fewer. */
    private static final long QUEUE_BYTES =
            Math.min(24L << 20, Runtime.getRuntime().maxMemory() / 32);

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final RecordingWriter writer;
    private final StopWhen stopWhen;
    private final Consumer<Progress> progress;
    private final BatchQueue queue;
    private final List<Polling> pollings;
    private final long startNanos = System.nanoTime();

    /** Only where both sides are recorded there is something to wait for. */
    private final Optional<AwaitedDocuments> awaited;

    private volatile boolean stopped;
    private long events;
    private long documents;
    private long unreadable;
    private int gaps;
    private long lastWriteNanos = startNanos;

    /** When all sources became quiet after the last event; null while one is not. */
    private Long quietSinceNanos;

    /** A recorder from open sources into a writer that has begun at their positions. */
    public Recorder(List<Source> sources, RecordingWriter writer, StopWhen stopWhen, Consumer<Progress> progress) {
        this.writer = writer;
        this.stopWhen = stopWhen;
        this.progress = progress;
        this.queue = new BatchQueue(QUEUE_BYTES, sources.size());
        this.pollings = sources.stream()
                .map(source -> new Polling(source, queue, stopWhen))
                .toList();
        boolean both = sources.stream().anyMatch(EventSource.class::isInstance)
                && sources.stream().anyMatch(DocumentSource.class::isInstance);
        this.awaited = both ? Optional.of(new AwaitedDocuments()) : Optional.empty();
    }

    /** Brings the recorder to its end soon; from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Records until the end and completes the recording.
     *
     * @throws WhisktapeException where a source or the disk fails; what had arrived is sealed as far as the disk permits
     */
    public Progress run() {
        pollings.forEach(Polling::start);
        try {
            write();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WhisktapeException("recording was interrupted; whisktape record --resume goes on", e);
        } finally {
            endPolling();
        }
        seal();
        if (queue.failure() != null) {
            throw rethrown(queue.failure());
        }
        writer.finish();
        return snapshot();
    }

    /** Nobody may close a source, whatever happened, while its thread still polls it. */
    private void endPolling() {
        pollings.forEach(Polling::stop);
        queue.close();
        pollings.forEach(Polling::join);
    }

    /** Waiting for sources to be idle is no work, but bringing the last rows to the disk is. */
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

    private void write() throws InterruptedException {
        long nextProgress = startNanos + PROGRESS_EVERY.toNanos();
        while (!queue.isFinished()) {
            Optional<Batch> batch = queue.take(TICK);
            batch.ifPresent(this::write);
            writer.sealDue();
            if (stopped || queue.failure() != null || isTimeUp() || batch.isEmpty() && isDone()) {
                pollings.forEach(Polling::stop);
            }
            if (System.nanoTime() >= nextProgress) {
                progress.accept(snapshot());
                nextProgress = System.nanoTime() + PROGRESS_EVERY.toNanos();
            }
        }
    }

    private boolean isTimeUp() {
        return stopWhen.after().isPresent()
                && System.nanoTime() - startNanos >= stopWhen.after().get().toNanos();
    }

    /** Documents come later than events, so once everything is quiet they get some more time. */
    private boolean isDone() {
        if (!pollings.stream().allMatch(Polling::isQuiet)) {
            return false;
        }
        long now = System.nanoTime();
        if (quietSinceNanos == null) {
            quietSinceNanos = now;
        }
        return awaitedDocuments() == 0
                || now - quietSinceNanos >= stopWhen.drain().toNanos();
    }

    private int awaitedDocuments() {
        return awaited.map(AwaitedDocuments::count).orElse(0);
    }

    private void write(Batch batch) {
        if (batch instanceof EventBatch some) {
            quietSinceNanos = null;
            write(some);
        } else if (batch instanceof DocumentBatch some) {
            write(some);
        }
        if (batch.rows() > 0) {
            lastWriteNanos = System.nanoTime();
        }
    }

    private void write(EventBatch batch) {
        batch.gaps().forEach(writer::gap);
        batch.newLife().ifPresent(writer::beginLife);
        batch.shaped().ifPresent(this::write);
        for (Event event : batch.events()) {
            writer.write(event);
            if (event.body() instanceof EventBody.Unreadable) {
                unreadable++;
            }
        }
        awaited.ifPresent(waiting -> waiting.saw(batch.events()));
        gaps += batch.gaps().size();
        events += batch.rows();
    }

    private void write(EventRows rows) {
        writer.write(rows);
        awaited.ifPresent(waiting -> waiting.saw(rows));
    }

    private void write(DocumentBatch batch) {
        batch.gap().ifPresent(writer::gap);
        batch.newLife().ifPresent(writer::beginLife);
        documents += writer.write(batch.documents(), batch.next());
        for (Document document : batch.documents()) {
            if (document.body() instanceof DocumentBody.Unreadable) {
                unreadable++;
            }
        }
        awaited.ifPresent(waiting -> waiting.arrived(batch.documents()));
        gaps += batch.gap().isPresent() ? 1 : 0;
    }

    private Progress snapshot() {
        long now = System.nanoTime();
        return new Progress(
                events,
                documents,
                unreadable,
                gaps,
                writer.manifest().segments().size(),
                pollings.stream().mapToLong(Polling::lag).sum(),
                pollings.stream().filter(Polling::isAway).map(Polling::name).toList(),
                awaitedDocuments(),
                Duration.ofNanos(now - startNanos),
                Duration.ofNanos(lastWriteNanos - startNanos));
    }
}
