package whisktape.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import whisktape.Document;
import whisktape.WhisktapeException;
import whisktape.recording.ActivationReader;
import whisktape.recording.EventReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;
import whisktape.source.DocumentLineWriter;
import whisktape.source.EventLineWriter;

/**
 * Writes a recording as lines of JSON, a row a line, in the order of its segments. The first line carries the manifest too, so
 * that {@link NdjsonImport} can make the same recording of them.
 *
 * <p>Throws {@link WhisktapeException} where a segment is damaged.
 */
public final class NdjsonExport {
    private final Recording recording;

    /** What has to stand in the next line; empty behind the first. */
    private Optional<String> manifest;

    private long rows;

    /** An export into one file. */
    public NdjsonExport(Recording recording) {
        this.recording = recording;
        this.manifest = Optional.of(recording.manifestAsJson());
    }

    /** Writes all events. */
    public void writeEvents(OutputStream out) throws IOException {
        if (recording.manifest().kafka() == null) {
            return;
        }
        EventLineWriter lines =
                new EventLineWriter(out, recording.manifest().kafka().topic());
        for (Segment segment : recording.segments(Segment.EVENTS)) {
            try (EventReader events = recording.eventsOf(segment)) {
                while (events.hasNext()) {
                    lines.write(events.next(), takeManifest());
                    rows++;
                }
            }
        }
    }

    /** Writes all documents. */
    public void writeActivations(OutputStream out) throws IOException {
        DocumentLineWriter lines = new DocumentLineWriter(out);
        for (Segment segment : recording.segments(Segment.ACTIVATIONS)) {
            long changeNumber = segment.fromOffset();
            try (ActivationReader documents = recording.activationsOf(segment)) {
                while (documents.hasNext()) {
                    Document document = documents.next();
                    lines.write(document, changeNumber++, takeManifest());
                    rows++;
                }
            }
        }
    }

    /** Ends the file: of a recording without rows there is a line with its manifest alone. */
    public void end(OutputStream out) throws IOException {
        if (manifest.isPresent()) {
            out.write(("{\"recording\":" + takeManifest() + "}\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Lines written. */
    public long rows() {
        return rows;
    }

    private String takeManifest() {
        String taken = manifest.orElse(null);
        manifest = Optional.empty();
        return taken;
    }
}
