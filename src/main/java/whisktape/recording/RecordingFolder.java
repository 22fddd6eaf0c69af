package whisktape.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import whisktape.WhisktapeException;

/** Whether a folder can take a recording, or more of one. */
public final class RecordingFolder {
    private RecordingFolder() {}

    /**
     * True if the folder holds a recording, however damaged, that {@link RecordingWriter#resume} can go on with.
     *
     * @throws WhisktapeException where the disk fails
     */
    public static boolean canResume(Path folder) {
        return !folder.toString().isBlank()
                && DiskWork.in(
                        folder,
                        () -> Files.exists(folder.resolve(ManifestFile.NAME))
                                || !ManifestParts.in(folder).isEmpty()
                                || SegmentNames.list(folder).stream().anyMatch(SegmentNames::isSealed));
    }

    static void requireFolder(Path folder) {
        if (folder.toString().isBlank()) {
            throw WhisktapeException.refused("cannot record into a folder without a name; name one");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw WhisktapeException.refused("cannot record into " + folder + ": it is a file; name a folder");
        }
    }

    static void requireNoRecording(Path folder) {
        requireFolder(folder);
        if (canResume(folder)) {
            throw WhisktapeException.refused("there is a recording in " + folder
                    + " already; go on with it by --resume, or name another folder");
        }
        if (Files.exists(folder) && !DiskWork.in(folder, () -> RecordingLock.isAllIn(folder))) {
            throw WhisktapeException.refused("cannot record into " + folder
                    + ": there are other files in it; name a folder that is empty or not there yet");
        }
    }

    /** Of a recording that several make only one of them can go on. */
    static void requireNotShared(Path folder) {
        String shares = SharedRecording.describe(folder);
        if (!shares.isEmpty()) {
            throw WhisktapeException.refused("several recorders make the recording " + folder
                    + ": name one's share by --partitions; there are " + shares);
        }
    }

    /** What comes now would stand in it under other names than what is there. */
    static void requireNotRedacted(Path folder, Manifest manifest) {
        if (manifest.redacted()) {
            throw WhisktapeException.refused("cannot go on with the recording " + folder
                    + ": it was redacted for sharing; record into another folder");
        }
    }
}
