package whisktape.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import whisktape.Partitions;
import whisktape.WhisktapeException;
import whisktape.remote.Places;
import whisktape.remote.RemoteLock;

/**
 * One recorder per recording: a lock that the operating system takes back even from a killed process. The lock file stays,
 * because deleting it could leave two recorders with a lock each, one of them on a file that has no name any more. Of a remote
 * recording it is a {@link RemoteLock}, whose file goes with it.
 */
final class RecordingLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final String OF_A_SHARE = NAME + "-";
    private static final Duration JOINING = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final Path folder;
    private final Closeable held;
    private final Optional<RemoteLock> remote;

    private RecordingLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.held = channel;
        this.remote = Optional.empty();
    }

    private RecordingLock(Path folder, RemoteLock lock) {
        this.folder = folder;
        this.held = lock::close;
        this.remote = Optional.of(lock);
    }

    static RecordingLock acquire(Path folder) throws IOException {
        return acquire(folder, folder.resolve(NAME));
    }

    /** The same for a moment, as all recorders of one recording do to join it, so it waits for them. */
    static RecordingLock acquireToJoin(Path folder) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return acquire(folder);
            } catch (WhisktapeException e) {
                if (System.nanoTime() - begin > JOINING.toNanos()) {
                    throw e;
                }
            }
        }
    }

    /** One recorder per share. */
    static RecordingLock acquire(Share share) throws IOException {
        return share.isWhole()
                ? acquire(share.folder())
                : acquire(
                        share.folder(),
                        share.folder().resolve(OF_A_SHARE + share.partitions().get()));
    }

    private static RecordingLock acquire(Path folder, Path file) throws IOException {
        OwnFiles.requireFile(file);
        if (Places.isRemote(folder)) {
            return new RecordingLock(folder, RemoteLock.tryAcquire(file).orElseThrow(() -> refusal(folder)));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // A reader that asks whether anybody records holds the lock for a moment, so one refusal proves nothing.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (tryLock(channel)) {
                return new RecordingLock(folder, channel);
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
        channel.close();
        throw refusal(folder);
    }

    private static WhisktapeException refusal(Path folder) {
        return WhisktapeException.refused("another whisktape is writing to the recording " + folder
                + "; wait for its end, or record into another folder");
    }

    /**
     * Says no where somebody else has taken the lock over, which only remote ones permit: from who gave no sign of life, because he
     * was stopped or away.
     */
    void requireHeld() throws IOException {
        if (remote.isPresent() && !remote.get().isHeld()) {
            throw WhisktapeException.refused(
                    "another whisktape has taken over the recording " + folder
                            + ", because this one gave no sign of life for too long; what it had sealed before is in the recording");
        }
    }

    /** True while a recorder is at work. */
    static boolean isHeld(Path folder) {
        return isHeldAt(folder.resolve(NAME)) || heldShares(folder).findAny().isPresent();
    }

    /** The shares whose recorders are at work. */
    static Stream<Partitions> heldShares(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(RecordingLock::isLockOfAShare).toList().stream()
                    .filter(RecordingLock::isHeldAt)
                    .map(file -> Partitions.parse(file.getFileName().toString().substring(OF_A_SHARE.length())));
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isLockOfAShare(Path file) {
        return file.getFileName().toString().matches("\\.lock-\\d[0-9,-]*");
    }

    private static boolean isHeldAt(Path file) {
        Path folder = file.getParent();
        if (Places.isRemote(folder)) {
            return isHeldRemotely(file);
        }
        if (!Files.isWritable(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return !tryLock(channel);
        } catch (IOException e) {
            throw new WhisktapeException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isHeldRemotely(Path file) {
        try {
            return RemoteLock.isHeld(file);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static boolean isLock(Path file) {
        return file.endsWith(NAME) || isLockOfAShare(file);
    }

    /** True if nothing is in the folder but what a recorder leaves that was killed before it began. */
    static boolean isAllIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> isLock(file) || isTable(file));
        }
    }

    private static boolean isTable(Path file) {
        return file.endsWith(Segment.EVENTS) || file.endsWith(Segment.ACTIVATIONS);
    }

    /** True if this file is the lock of this folder. */
    static boolean isOf(Path folder, Path file) {
        return file.equals(folder.resolve(NAME));
    }

    /** A remote lock that has moved with its folder would look like one that is held. */
    static void removeMoved(Path folder) throws IOException {
        if (Places.isRemote(folder)) {
            Files.deleteIfExists(folder.resolve(NAME));
        }
    }

    /** The same for one of several recorders; the caller holds the lock by which they join. */
    static void removeUnused(Share share) throws IOException {
        Path folder = share.folder();
        Files.deleteIfExists(folder.resolve(OF_A_SHARE + share.partitions().orElseThrow()));
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> !file.endsWith(NAME) && !isTable(file))) {
                return;
            }
        }
        removeWithEmptyFolder(folder);
    }

    /** Takes back the traces of a recorder that never began. */
    static void removeWithEmptyFolder(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
        for (Table table : Table.values()) {
            deleteIfEmpty(table.folderIn(folder));
        }
        deleteIfEmpty(folder);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
