package whisktape.exchange;

import java.util.List;
import java.util.Optional;
import whisktape.Document;
import whisktape.Event;
import whisktape.Message;
import whisktape.WhisktapeException;
import whisktape.recording.RecordingCopy;
import whisktape.recording.Segment;
import whisktape.source.ExportFile;

/**
 * Makes of the lines that {@link NdjsonExport} wrote the recording that they came from: each segment holds the rows that it
 * held.
 *
 * <p>Throws {@link WhisktapeException} damaged where lines are missing, changed their places, or are too many.
 */
public final class NdjsonImport {
    private static final String REMEDY =
            "; to import a part of an export, take the field recording out of its first line";

    private final RecordingCopy copy;
    private long events;
    private long documents;

    /** An import into this copy. */
    public NdjsonImport(RecordingCopy copy) {
        this.copy = copy;
    }

    /** Copies the events of these segments, and nothing else may follow but documents. */
    public void readEvents(ExportFile in, List<Segment> segments) {
        for (Segment segment : segments) {
            copy.begin(segment);
            long next = segment.fromOffset();
            for (long rows = 0; rows < segment.rows(); rows++) {
                Event event = in.nextEvent().orElseThrow(() -> misses(in, segment));
                if (!isOf(segment, event.message(), next)) {
                    throw misses(in, segment);
                }
                copy.write(event);
                next = event.message().offset() + 1;
                events++;
            }
        }
        copy.end();
        if (in.nextEvent().isPresent()) {
            throw hasMore(in);
        }
    }

    /** Copies the documents of these segments, and nothing else may follow. */
    public void readActivations(ExportFile in, List<Segment> segments) {
        for (Segment segment : segments) {
            copy.begin(segment);
            for (long rows = 0; rows < segment.rows(); rows++) {
                Document document = in.nextDocument().orElseThrow(() -> misses(in, segment));
                if (document.incarnation() != segment.incarnation()) {
                    throw misses(in, segment);
                }
                copy.write(document);
                documents++;
            }
        }
        copy.end();
        Optional<Document> more = in.nextDocument();
        if (more.isPresent()) {
            throw hasMore(in);
        }
    }

    /** Copied so far. */
    public long events() {
        return events;
    }

    /** Copied so far. */
    public long documents() {
        return documents;
    }

    private static boolean isOf(Segment segment, Message message, long next) {
        return message.incarnation() == segment.incarnation()
                && message.partition() == segment.partition()
                && message.offset() >= next
                && message.offset() < segment.nextOffset();
    }

    private static WhisktapeException misses(ExportFile in, Segment segment) {
        return WhisktapeException.damaged(
                "cannot import " + in.place() + ": a row of segment " + segment.file()
                        + " is due there, of which this is an export" + REMEDY,
                null);
    }

    private static WhisktapeException hasMore(ExportFile in) {
        return WhisktapeException.damaged(
                "cannot import " + in.place() + ": the recording that was exported had no more rows" + REMEDY, null);
    }
}
