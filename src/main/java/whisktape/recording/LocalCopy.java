package whisktape.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

/**
 * The copy on this machine of a remote recording, for who reads files of this machine only. It stays in the user's cache folder, and
 * since segments never change, only those are copied that are not there yet.
 *
 * <p>Every method throws {@link WhisktapeException} where reading or the disk fails.
 */
public final class LocalCopy {
    /** Another process may still read what is no part of the recording any more. */
    private static final Duration READERS_GO_ON = Duration.ofHours(1);

    private static final int ID_DIGITS = 16;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Recording remote;
    private final Path folder;

    private LocalCopy(Recording remote) {
        this.remote = remote;
        String place = remote.folder().toAbsolutePath().normalize().toString();
        String id = HexFormat.of().formatHex(Durable.newDigest().digest(place.getBytes(StandardCharsets.UTF_8)));
        this.folder = cache().resolve(id.substring(0, ID_DIGITS)).resolve(remote.name());
    }

    /** True if there is need of one. */
    public static boolean isNeeded(Recording recording) {
        return Places.isRemote(recording.folder());
    }

    public static LocalCopy of(Recording remote) {
        return new LocalCopy(remote);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** How much is not there yet. */
    public long missingBytes() {
        return missing().stream().mapToLong(Segment::sizeBytes).sum();
    }

    /**
     * Makes it what the remote recording was when it was opened.
     *
     * @param progress told how many bytes have been copied, now and then
     */
    public Recording update(LongConsumer progress) {
        try {
            for (Table table : Table.values()) {
                Files.createDirectories(table.folderIn(folder));
            }
            long copied = 0;
            for (Segment segment : missing()) {
                long before = copied;
                copy(segment, bytes -> progress.accept(before + bytes));
                copied += segment.sizeBytes();
            }
            ManifestFile.write(folder, remote.manifest());
            removeReplaced();
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot copy " + remote.folder() + " into " + folder + ": " + e.getMessage()
                            + "; make room there, or name another cache folder by XDG_CACHE_HOME",
                    e);
        }
        return Recording.open(folder);
    }

    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path caches =
                named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return caches.resolve("whisktape");
    }

    private List<Segment> missing() {
        return remote.segments().stream()
                .filter(segment -> !isThere(folder.resolve(segment.file()), segment))
                .toList();
    }

    private static boolean isThere(Path file, Segment segment) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == segment.sizeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Under a name of this process until it is whole, so that another one may copy the same. */
    private void copy(Segment segment, LongConsumer progress) throws IOException {
        Path file = folder.resolve(segment.file());
        Path draft = Files.createTempFile(file.getParent(), "copying-", ".open");
        try {
            String sha256 = download(remote.fileOf(segment), draft, progress);
            if (Files.size(draft) != segment.sizeBytes() || !sha256.equals(segment.sha256())) {
                throw WhisktapeException.damaged(
                        "the segment " + remote.fileOf(segment)
                                + " is not what was sealed; whisktape verify says what is left of the recording",
                        null);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String download(Path from, Path to, LongConsumer progress) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(to), Durable.newDigest())) {
            copy(in, out, progress);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        }
    }

    private static void copy(InputStream in, OutputStream out, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long copied = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            copied += read;
            progress.accept(copied);
        }
    }

    private void removeReplaced() throws IOException {
        Set<String> listed = remote.segments().stream().map(Segment::file).collect(Collectors.toSet());
        FileTime old = FileTime.from(Instant.now().minus(READERS_GO_ON));
        for (Table table : Table.values()) {
            try (Stream<Path> files = Files.list(table.folderIn(folder))) {
                for (Path file : files.toList()) {
                    if (!listed.contains(SegmentNames.nameInManifest(file))
                            && Files.getLastModifiedTime(file).compareTo(old) < 0) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }
}
