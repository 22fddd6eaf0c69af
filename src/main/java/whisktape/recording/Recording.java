package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import whisktape.Partitions;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

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
     * @throws WhisktapeException where the folder holds none, a newer one, a damaged manifest, or links
     */
    public static Recording open(Path folder) {
        Recording recording = openManifest(folder);
        if (Places.isRemote(folder)) {
            // There are no links, and a question for each segment would take its time.
            return recording;
        }
        try {
            for (Table table : Table.values()) {
                OwnFiles.requireFolder(table.folderIn(folder));
            }
            for (Segment segment : recording.segments()) {
                OwnFiles.requireFile(recording.fileOf(segment));
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return recording;
    }

    /**
     * Opens a recording for who looks at its manifest alone. Its files are not looked at, which takes its time where they are many.
     *
     * @throws WhisktapeException where the folder holds none, a newer one, or a damaged manifest
     */
    public static Recording openManifest(Path folder) {
        return new Recording(folder, ManifestFile.read(folder));
    }

    /** True if there is a manifest in a folder, whatever stands in it, or a part of one. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(ManifestFile.NAME))
                || !ManifestFile.sharesIn(folder).isEmpty();
    }

    /**
     * Those right inside of a folder, by name; none if it is one itself.
     *
     * @throws WhisktapeException where one cannot be opened, or has segments and no manifest: nobody is to miss a run unawares
     */
    public static List<Recording> in(Path folder) {
        if (isIn(folder) || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(each -> !each.getFileName().toString().startsWith("."))
                    .filter(each -> isIn(each) || ManifestFile.hasTables(each))
                    .sorted()
                    .map(Recording::open)
                    .toList();
        } catch (IOException e) {
            throw new WhisktapeException("cannot list the recordings in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The folder's name. */
    public String name() {
        Path place = folder.toAbsolutePath().normalize();
        // A bucket itself has no name within it.
        return (place.getFileName() == null ? place : place.getFileName()).toString();
    }

    public State state() {
        if (manifest.state() == Manifest.State.COMPLETE) {
            return State.COMPLETE;
        }
        return RecordingLock.isHeld(folder) ? State.RECORDING : State.INTERRUPTED;
    }

    /** By share, what became of its recorder; empty where one recorder made all of it. */
    public Map<Partitions, State> recorders() {
        Map<Partitions, State> recorders = new LinkedHashMap<>();
        List<Partitions> shares = ManifestFile.sharesIn(folder);
        List<Partitions> held =
                shares.isEmpty() ? List.of() : RecordingLock.heldShares(folder).toList();
        for (Partitions share : shares) {
            boolean isComplete = ManifestFile.readPart(folder, share).state() == Manifest.State.COMPLETE;
            State otherwise = held.contains(share) ? State.RECORDING : State.INTERRUPTED;
            recorders.put(share, isComplete ? State.COMPLETE : otherwise);
        }
        return recorders;
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

    /**
     * Requires that a segment has the columns of its table, for who hands the file to another reader.
     *
     * @throws WhisktapeException damaged, where it has not, or is no Parquet file
     */
    public void requireColumns(Segment segment) {
        Path file = fileOf(segment);
        if (!Files.exists(file)) {
            throw WhisktapeException.damaged(
                    "cannot read the segment " + file + ": it is missing; whisktape verify says what is left of it",
                    null);
        }
        try {
            SegmentLayout.require(file, Table.of(segment.table()), manifest.format());
        } catch (IOException e) {
            throw WhisktapeException.damaged(
                    "cannot read the segment " + file + ": " + e.getMessage()
                            + "; whisktape verify says what is left of it",
                    e);
        }
    }

    /** Goes through the messages of one segment of the table {@code events}, for who does not want all of them. */
    public MessageCursor cursorOf(Segment segment) {
        return new MessageCursor(fileOf(requireOf(Table.EVENTS, segment)));
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

    /** The columns of a table in the newest format, which has all of them, as SQL declares them. */
    public static String columnsInSql(String table) {
        return SqlColumns.of(Table.of(table));
    }

    /** A segment without rows, for who needs to know the columns of a table of which a recording has no segment. */
    public static void writeEmptySegment(Path file, String table) {
        try (SegmentFile segment = Table.of(table).newFile(file, Manifest.FORMAT)) {
            segment.finish(Map.of());
        } catch (IOException e) {
            throw new WhisktapeException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Says no to a segment whose file is not the one that was sealed.
     *
     * @throws WhisktapeException damaged
     */
    public void requireWhole(Segment segment) {
        Path file = fileOf(segment);
        try {
            if (Files.isRegularFile(file)
                    && Files.size(file) == segment.sizeBytes()
                    && Durable.sha256(file).equals(segment.sha256())) {
                return;
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw WhisktapeException.damaged(
                "the segment " + file + " is missing or not what was sealed; whisktape verify says what is left of the"
                        + " recording",
                null);
    }

    private static Segment requireOf(Table table, Segment segment) {
        if (!segment.isOf(table)) {
            throw new IllegalArgumentException(segment.file() + " is no segment of " + table.text());
        }
        return segment;
    }
}
