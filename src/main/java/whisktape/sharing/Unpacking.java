package whisktape.sharing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import whisktape.WhisktapeException;
import whisktape.recording.Manifest;
import whisktape.recording.Recording;
import whisktape.recording.RecordingDraft;
import whisktape.recording.Segment;
import whisktape.recording.Verification;
import whisktape.recording.Verifier;

/**
 * Makes a recording out of an archive that {@code share} wrote, or that somebody wants to look so. From the cheap checks to the dear
 * ones: the seal, the directory, the manifest, the names and lengths of both against each other; only then anything is written, counted and
 * hashed on its way; then the recording is read back as {@code verify} does it. Each check stands for itself, since whoever
 * changes an archive can seal it anew. Nothing is left behind but a recording that has passed all of them.
 */
public final class Unpacking {
    private static final long ROOM_BYTES = 16L << 20;

    private final Path archive;
    private final Path folder;

    private Unpacking(Path archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /**
     * Unpacks an archive into a folder that is not there yet, or empty.
     *
     * @throws WhisktapeException damaged, where the archive is damaged or hostile; refused, where it is of a newer format or the
     *     folder is taken; failed, where the disk fails
     */
    public static Recording unpack(Path archive, Path folder) {
        RecordingDraft.requireFree(folder);
        return new Unpacking(archive, folder).run();
    }

    private Recording run() {
        if (!Files.isRegularFile(archive)) {
            throw new WhisktapeException("cannot read " + archive + ": "
                    + (Files.exists(archive) ? "it is no file" : "there is no such file"));
        }
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
            unpack(file);
            return Recording.open(folder);
        } catch (ArchiveException e) {
            throw WhisktapeException.damaged(
                    "cannot import " + archive + ": " + e.getMessage() + "; nothing was written", e);
        } catch (IOException e) {
            throw new WhisktapeException("cannot import " + archive + ": " + e, e);
        }
    }

    private void unpack(FileChannel file) throws IOException, ArchiveException {
        List<ArchiveEntry> entries = ArchiveDirectory.read(file, ArchiveSeal.require(archive, file));
        ArchiveReader reader = new ArchiveReader(file);
        byte[] json = manifestBytes(reader, entries);
        Manifest manifest = manifest(json);
        requireShared(manifest);
        requireSameFiles(entries, manifest.segments());
        try (RecordingDraft draft = RecordingDraft.begin(folder)) {
            requireRoom(draft, entries);
            for (int i = 0; i < manifest.segments().size(); i++) {
                unpack(reader, entries.get(i + 1), manifest.segments().get(i), draft);
            }
            write(json, draft);
            requireWhole(draft);
            draft.publish();
        }
    }

    private static byte[] manifestBytes(ArchiveReader reader, List<ArchiveEntry> entries)
            throws IOException, ArchiveException {
        if (entries.isEmpty() || !entries.get(0).name().equals(Manifest.FILE)) {
            throw new ArchiveException("it does not begin with " + Manifest.FILE);
        }
        return reader.read(entries.get(0), Manifest.MOST_BYTES);
    }

    private Manifest manifest(byte[] json) throws ArchiveException {
        try {
            return Manifest.read(json, "cannot import " + archive);
        } catch (IllegalArgumentException e) {
            throw new ArchiveException("its " + Manifest.FILE + " is not a manifest (" + e.getMessage() + ")");
        }
    }

    /** What is not redacted no {@code share} has packed, and who gets it believes that names in it are pseudonyms. */
    private static void requireShared(Manifest manifest) throws ArchiveException {
        ArchiveException.require(manifest.redacted(), "its " + Manifest.FILE + " does not say that it was redacted");
        ArchiveException.require(!manifest.segments().isEmpty(), "its " + Manifest.FILE + " lists no segment");
    }

    /** Exactly the files of the manifest, in its order: no name is made into a path that the manifest's rules have not passed. */
    private static void requireSameFiles(List<ArchiveEntry> entries, List<Segment> segments) throws ArchiveException {
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (i + 1 == entries.size()) {
                throw new ArchiveException("it lacks " + segment.file());
            }
            ArchiveEntry entry = entries.get(i + 1);
            if (!entry.name().equals(segment.file())) {
                throw new ArchiveException("it has " + entry.name() + " where its manifest lists " + segment.file());
            }
            if (entry.sizeBytes() != segment.sizeBytes()) {
                throw new ArchiveException(entry.name() + " has " + entry.sizeBytes() + " bytes; the manifest says "
                        + segment.sizeBytes());
            }
        }
        if (entries.size() > segments.size() + 1) {
            throw new ArchiveException(
                    "it has " + entries.get(segments.size() + 1).name() + ", which its manifest does not list");
        }
    }

    private void requireRoom(RecordingDraft draft, List<ArchiveEntry> entries) {
        long wanted = entries.stream().mapToLong(ArchiveEntry::sizeBytes).sum() + ROOM_BYTES;
        if (wanted > draft.usableBytes()) {
            throw new WhisktapeException("cannot import " + archive + ": it needs " + (wanted >> 20)
                    + " MiB and the disk has room for " + (draft.usableBytes() >> 20) + "; make room, or name another"
                    + " folder with -o");
        }
    }

    private static void unpack(ArchiveReader reader, ArchiveEntry entry, Segment segment, RecordingDraft draft)
            throws IOException, ArchiveException {
        try (FileChannel to = draft.newFile(segment.file())) {
            if (!reader.copy(entry, to).equals(segment.sha256())) {
                throw new ArchiveException(entry.name() + " is not what the manifest says: its checksum differs");
            }
            to.force(true);
        }
    }

    private static void write(byte[] json, RecordingDraft draft) throws IOException {
        try (FileChannel to = draft.newFile(Manifest.FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(json);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            to.force(true);
        }
    }

    private static void requireWhole(RecordingDraft draft) throws ArchiveException {
        List<Verification.Problem> damage = Verifier.verify(draft.folder()).damage();
        if (!damage.isEmpty()) {
            Verification.Problem first = damage.get(0);
            String what = first.segment() == null ? first.what() : first.segment() + " " + first.what();
            // Names of the draft, and advice that it is asked for, mean nothing to who wanted to import.
            throw new ArchiveException(
                    what.replace(draft.folder() + "/", "").replaceFirst("; whisktape verify .*", ""));
        }
    }
}
