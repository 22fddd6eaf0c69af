package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.Partitions;
import whisktape.WhisktapeException;

/** What several recorders of one recording may not do to each other. Whoever asks holds the lock by which they join. */
final class SharedRecording {
    private SharedRecording() {}

    /** The shares of a recording, for people; empty where there are none. */
    static String describe(Path folder) {
        return Stream.concat(ManifestFile.sharesIn(folder).stream(), RecordingLock.heldShares(folder))
                .map(Partitions::toString)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    static void requireNotWhole(Path folder) {
        if (Files.exists(folder.resolve(ManifestFile.NAME))) {
            throw WhisktapeException.refused("cannot join the recording " + folder
                    + ": one recorder has made all of it; record into another folder");
        }
    }

    /** Says no where one of these partitions is somebody else's, or there is what the user may not know of. */
    static void requireRoomFor(Share share, boolean resume) throws IOException {
        Path folder = share.folder();
        requireNotWhole(folder);
        Partitions partitions = share.partitions().orElseThrow();
        List<Partitions> known = ManifestParts.in(folder);
        if (known.isEmpty() && !RecordingLock.isAllIn(folder) && !share.hasBegun()) {
            throw WhisktapeException.refused("cannot record into " + folder
                    + ": there are other files in it; name a folder that is empty or not there yet");
        }
        List<Partitions> all = new ArrayList<>(known);
        RecordingLock.heldShares(folder).forEach(all::add);
        Optional<Partitions> overlapping = all.stream()
                .filter(other -> !other.equals(partitions) && other.overlaps(partitions))
                .findFirst();
        if (overlapping.isPresent()) {
            throw WhisktapeException.refused("cannot record partitions " + partitions + " into " + folder
                    + ": partitions " + overlapping.get() + " are another recorder's; name such as nobody has");
        }
        if (!resume && share.hasBegun()) {
            throw WhisktapeException.refused("partitions " + partitions + " are in the recording " + folder
                    + " already; go on with them by --resume, or name others");
        }
    }

    /** Says no to a topic or database that does not go with those of the others. */
    static void requireFits(Share share, Manifest part) throws IOException {
        for (Manifest other : others(share)) {
            Optional<String> problem = ManifestParts.problem(part, other);
            if (problem.isPresent()) {
                throw WhisktapeException.refused("cannot join the recording " + share.folder() + ": " + problem.get()
                        + "; record into another folder");
            }
        }
        if (part.couchdb() != null) {
            requireNoDatabase(share);
        }
    }

    /** Says no to a database where another recorder has one. */
    static void requireNoDatabase(Share share) throws IOException {
        for (Manifest other : others(share)) {
            if (other.couchdb() != null) {
                throw WhisktapeException.refused("cannot record the database into " + share.folder()
                        + " once more: the recorder of partitions " + other.partitions()
                        + " has it; leave out --couchdb here");
            }
        }
    }

    /** The parts of the other recorders. */
    static List<Manifest> others(Share share) throws IOException {
        if (share.isWhole()) {
            return List.of();
        }
        return ManifestParts.in(share.folder()).stream()
                .filter(other -> !other.equals(share.partitions().get()))
                .map(other -> ManifestFile.readPart(share.folder(), other))
                .toList();
    }
}
