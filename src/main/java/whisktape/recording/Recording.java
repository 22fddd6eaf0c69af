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

    public Path fileOf(Segment segment) {
        return folder.resolve(segment.file());
    }

    /** Reads the messages of one segment. */
    public MessageReader messagesOf(Segment segment) {
        return new MessageReader(fileOf(segment));
    }

    /** A segment without rows, for who needs to know the columns of a recording that has no segment. */
    public static void writeEmptySegment(Path file) {
        try (SegmentFile segment = EventColumns.newFile(file)) {
            segment.finish(Map.of());
        } catch (IOException e) {
            throw new WhisktapeException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
