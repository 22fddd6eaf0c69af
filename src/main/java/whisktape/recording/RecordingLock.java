package whisktape.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/**
 * One recorder per recording: a lock that the operating system takes back even from a killed process. The lock file stays,
 * because deleting it could leave two recorders with a lock each, one of them on a file that has no name any more.
 */
final class RecordingLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final int ATTEMPTS = 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final FileChannel channel;

    private RecordingLock(FileChannel channel) {
        this.channel = channel;
    }

    static RecordingLock acquire(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        OwnFiles.requireFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // A reader that asks whether anybody records holds the lock for a moment, so one refusal proves nothing.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (tryLock(channel)) {
                return new RecordingLock(channel);
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
        channel.close();
        throw WhisktapeException.refused("another whisktape is writing to the recording " + folder
                + "; wait for its end, or record into another folder");
    }

    /** True while a recorder is at work. */
    static boolean isHeld(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isWritable(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return !tryLock(channel);
        } catch (IOException e) {
            throw new WhisktapeException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    static boolean isLock(Path file) {
        return file.endsWith(NAME);
    }

    /** True if nothing is in the folder but what a recorder leaves that was killed before it began. */
    static boolean isAllIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(
                    file -> isLock(file) || file.endsWith(Segment.EVENTS) || file.endsWith(Segment.ACTIVATIONS));
        }
    }

    /** True if this file is the lock of this folder. */
    static boolean isOf(Path folder, Path file) {
        return file.equals(folder.resolve(NAME));
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
        channel.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
