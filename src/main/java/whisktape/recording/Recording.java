package whisktape.recording;

import java.nio.file.Path;
import java.util.List;
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
}
