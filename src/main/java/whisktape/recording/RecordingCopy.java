package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import whisktape.Document;
import whisktape.Event;
import whisktape.WhisktapeException;

/**
 * A recording made of another one, segment by segment, with other rows in the same places: as many, in the same order, with
 * the same offsets, times and counts. Holds one row group in memory.
 *
 * <p>Every method throws {@link WhisktapeException}: damaged where the other one cannot be read, failed where the disk does.
 */
public final class RecordingCopy {
    private final Recording from;
    private final Path folder;
    private final Manifest head;
    private final List<Segment> written = new ArrayList<>();

    /**
     * Begins a copy.
     *
     * @param from what is copied
     * @param folder where to; it is there and empty
     * @param head the copy's manifest, as yet without segments; it has an origin for every table that {@code from} has
     */
    public RecordingCopy(Recording from, Path folder, Manifest head) {
        this.from = from;
        this.folder = folder;
        this.head = head;
    }

    /** Copies a segment of events. */
    public void copyEvents(Segment segment, UnaryOperator<Event> row) {
        write(segment, () -> {
            SegmentCounts counts =
                    SegmentCounts.ofEvents(segment.incarnation(), segment.partition(), segment.fromOffset());
            try (EventReader events = from.eventsOf(segment);
                    EventSegmentWriter out = new EventSegmentWriter(folder, head, counts, Instant.EPOCH)) {
                while (events.hasNext()) {
                    out.write(row.apply(events.next()), false);
                    bound(out);
                }
                return seal(out, segment);
            }
        });
    }

    /** Copies a segment of documents; its update sequences are replaced, as they are in the manifest's head. */
    public void copyDocuments(Segment segment, String nextUpdateSeq, UnaryOperator<Document> row) {
        write(segment, () -> {
            SegmentCounts counts =
                    SegmentCounts.ofDocuments(segment.incarnation(), segment.fromOffset(), nextUpdateSeq);
            try (ActivationReader documents = from.activationsOf(segment);
                    ActivationSegmentWriter out = new ActivationSegmentWriter(folder, head, counts, Instant.EPOCH)) {
                while (documents.hasNext()) {
                    out.write(row.apply(documents.next()));
                    bound(out);
                }
                return seal(out, segment);
            }
        });
    }

    /** Writes the manifest, and opens what was written. */
    public Recording finish() {
        try {
            ManifestFile.write(folder, head.withSegments(written));
        } catch (IOException e) {
            throw failure(e);
        }
        return Recording.open(folder);
    }

    /** Counts are those of the original, duplicates too, which the rows do not tell. */
    private Segment seal(SegmentWriter out, Segment original) throws IOException {
        Segment counted = out.counts().toSegment();
        if (counted.rows() != original.rows()) {
            throw WhisktapeException.damaged(
                    original.file() + " has " + counted.rows() + " rows; the manifest says " + original.rows()
                            + "; whisktape verify says what is left of the recording",
                    null);
        }
        return out.seal(head, original.withUpdateSeq(counted.nextUpdateSeq()));
    }

    private static void bound(SegmentWriter out) throws IOException {
        if (out.bufferedBytes() >= SegmentMerger.BUFFERED_BYTES || out.bufferedRows() >= SegmentMerger.ROWS_PER_GROUP) {
            out.endRowGroup();
        }
    }

    private interface Copying {
        Segment run() throws IOException;
    }

    private void write(Segment segment, Copying copying) {
        from.requireWhole(segment);
        try {
            Files.createDirectories(folder.resolve(segment.table()));
            written.add(copying.run());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private WhisktapeException failure(IOException e) {
        return new WhisktapeException(
                "cannot write into " + folder + ": " + e.getMessage() + "; is there room on the disk?", e);
    }
}
