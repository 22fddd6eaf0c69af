package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import whisktape.Document;
import whisktape.Event;
import whisktape.Gap;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

/**
 * A recording being made of rows that were recorded before, segment by segment. It grows in a hidden folder beside its own,
 * and gets its name when it is whole: what is killed in between leaves nothing that looks like a recording, and the next
 * attempt removes what is left.
 *
 * <p>Not for use by several threads. Every method throws {@link WhisktapeException} where the disk fails.
 */
public final class RecordingCopy implements AutoCloseable {
    private static final long BUFFERED_BYTES = 32L << 20;

    private final Path target;
    private final Path draft;
    private final RecordingLock lock;
    private Manifest manifest;
    private EventSegmentWriter openEvents;
    private ActivationSegmentWriter openDocuments;
    private boolean finished;

    private RecordingCopy(Path target, Path draft, RecordingLock lock, Manifest manifest) {
        this.target = target;
        this.draft = draft;
        this.lock = lock;
        this.manifest = manifest;
    }

    /**
     * Begins a recording of which everything is known but its segments.
     *
     * @param target empty or not there yet
     * @param like the manifest; its segments are left out
     * @throws WhisktapeException refused, where there is a recording, or something that is no folder
     */
    public static RecordingCopy create(Path target, Manifest like) {
        RecordingFolder.requireNoRecording(target);
        try {
            Path draft = draftOf(target);
            Files.createDirectories(draft);
            RecordingLock lock = RecordingLock.acquire(draft);
            removeAllButLock(draft);
            Manifest manifest = like.withSegments(List.of());
            for (Table table : Table.values()) {
                if (manifest.hasOrigin(table)) {
                    Files.createDirectories(table.folderIn(draft));
                }
            }
            return new RecordingCopy(target, draft, lock, manifest);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Begins a segment that is to be as this one was; its rows follow. */
    public void begin(Segment like) {
        SegmentCounts counts = like.isOf(Table.EVENTS)
                ? SegmentCounts.ofEvents(like.incarnation(), like.partition(), like.fromOffset())
                : SegmentCounts.ofDocuments(like.incarnation(), like.fromOffset(), like.nextUpdateSeq());
        counts.countAgain(like.duplicates());
        begin(counts);
    }

    /** Begins a segment with these counts so far. */
    void begin(SegmentCounts counts) {
        end();
        try {
            if (counts.isOf(Table.EVENTS)) {
                openEvents = new EventSegmentWriter(draft, manifest, counts, Instant.EPOCH);
            } else {
                openDocuments = new ActivationSegmentWriter(draft, manifest, counts, Instant.EPOCH);
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Adds an event to the segment; whether it is a duplicate was counted before. */
    public void write(Event event) {
        write(event, false);
    }

    void write(Event event, boolean isDuplicate) {
        openEvents.write(event, isDuplicate);
        bound(openEvents);
    }

    /** Adds a document to the segment. */
    public void write(Document document) {
        openDocuments.write(document);
        bound(openDocuments);
    }

    /** Bytes of the segment that are in its file so far. */
    long writtenBytes() {
        return open() == null ? 0 : open().writtenBytes();
    }

    /** What comes next in the segment that was begun. */
    public long nextOffset() {
        return open().counts().nextOffset();
    }

    /** Notes that rows are missing. */
    void gap(Gap gap) {
        manifest = manifest.withGap(gap);
    }

    /** Seals the segment that was begun; one without rows is given up. */
    public void endUnlessEmpty() {
        if (open().counts().rows() > 0) {
            end();
            return;
        }
        try {
            open().close();
            openEvents = null;
            openDocuments = null;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Seals the segment that was begun, if one was. */
    public void end() {
        SegmentWriter open = open();
        if (open == null) {
            return;
        }
        try (open) {
            manifest = manifest.withSegment(open.seal(manifest.withSegments(List.of())));
            openEvents = null;
            openDocuments = null;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Gives the recording its name; what it holds is on the disk then. */
    public Manifest finish() {
        end();
        try {
            if (!Places.renameAtOnce(target)) {
                sendAll();
                return manifest;
            }
            ManifestFile.write(draft, manifest);
            if (Files.isDirectory(target)) {
                RecordingLock.removeWithEmptyFolder(target);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            RecordingLock.removeMoved(target);
            Durable.forceFolder(draft.getParent());
            finished = true;
            return manifest;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Beside the target, or, where no folder can be renamed in one step, on this machine. */
    private static Path draftOf(Path target) throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        return Places.renameAtOnce(target)
                ? folder.resolveSibling("." + folder.getFileName() + ".new")
                : Files.createTempDirectory("whisktape-");
    }

    /** To an object store: the manifest last, since without one there is no recording. */
    private void sendAll() throws IOException {
        List<Path> sent = new ArrayList<>();
        try {
            for (Segment segment : manifest.segments()) {
                Path to = target.resolve(segment.file());
                sent.add(to);
                try (FileChannel from = FileChannel.open(draft.resolve(segment.file()))) {
                    Places.upload(from, to, false);
                }
            }
            ManifestFile.write(target, manifest);
        } catch (IOException | RuntimeException e) {
            for (Path file : sent) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /** Without {@link #finish} nothing stays. */
    @Override
    public void close() {
        try (lock) {
            SegmentWriter open = open();
            if (open != null) {
                open.close();
            }
            if (!finished) {
                removeAllButLock(draft);
                RecordingLock.removeWithEmptyFolder(draft);
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private SegmentWriter open() {
        return openEvents == null ? openDocuments : openEvents;
    }

    private void bound(SegmentWriter segment) {
        if (segment.bufferedBytes() >= BUFFERED_BYTES) {
            try {
                segment.endRowGroup();
            } catch (IOException e) {
                throw failure(target, e);
            }
        }
    }

    private static void removeAllButLock(Path draft) throws IOException {
        try (Stream<Path> files = Files.walk(draft)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(draft) && !RecordingLock.isOf(draft, file)) {
                    Files.delete(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static WhisktapeException failure(Path target, IOException e) {
        return new WhisktapeException("cannot write the recording " + target + ": " + e.getMessage(), e);
    }
}
