package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import whisktape.WhisktapeException;

/**
 * A recording to be read: its manifest, and its segments' files.
 *
 * @param folder where it is
 * @param manifest as it was when it was opened
 */
public record Recording(Path folder, Manifest manifest) {

    /** What became of its recorder. */
    public enum State {
        COMPLETE,
        RECORDING,
        INTERRUPTED
    }

    /**
     * Opens a recording without reading its segments.
     *
     * @throws WhisktapeException where the folder holds none, a newer one, or a damaged manifest
     */
    public static Recording open(Path folder) {
        return new Recording(folder, ManifestFile.read(folder));
    }

    /** The folder's name. */
    public String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    public State state() {
        if (manifest.state() == Manifest.State.COMPLETE) {
            return State.COMPLETE;
        }
        return RecordingLock.isHeld(folder) ? State.RECORDING : State.INTERRUPTED;
    }

    public List<Segment> segments() {
        return manifest.segments();
    }

    /** The segments of one table. */
    public List<Segment> segments(String table) {
        return manifest.segments(table);
    }

    public Path fileOf(Segment segment) {
        return folder.resolve(segment.file());
    }

    /** Reads the messages of one segment of the table {@code events}. */
    public MessageReader messagesOf(Segment segment) {
        return new MessageReader(fileOf(requireOf(Table.EVENTS, segment)));
    }

    /** Reads the documents of one segment of the table {@code activations}. */
    public DocumentReader documentsOf(Segment segment) {
        return new DocumentReader(fileOf(requireOf(Table.ACTIVATIONS, segment)));
    }

    /** Reads all columns of one segment of the table {@code events}. */
    public EventReader eventsOf(Segment segment) {
        return new EventReader(fileOf(requireOf(Table.EVENTS, segment)));
    }

    /** Reads all columns of one segment of the table {@code activations}. */
    public ActivationReader activationsOf(Segment segment) {
        return new ActivationReader(fileOf(requireOf(Table.ACTIVATIONS, segment)));
    }

    /** The manifest as one line of JSON. */
    public String manifestAsJson() {
        return ManifestFile.toJson(manifest);
    }

    /** A segment without rows, for who needs to know the columns of a table of which a recording has no segment. */
    public static void writeEmptySegment(Path file, String table) {
        try (SegmentFile segment = Table.of(table).newFile(file)) {
            segment.finish(Map.of());
        } catch (IOException e) {
            throw new WhisktapeException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static Segment requireOf(Table table, Segment segment) {
        if (!segment.isOf(table)) {
            throw new IllegalArgumentException(segment.file() + " is no segment of " + table.text());
        }
        return segment;
    }
}
