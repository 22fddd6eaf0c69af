package whisktape.remote;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Where something is: a path of this machine, or a URI like {@code hdfs://namenode/recordings/run1} of a file system that Hadoop
 * reaches. Nothing of Hadoop is loaded before somebody reads or writes at a URI.
 */
public final class Places {
    private static final int ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private Places() {}

    /**
     * The path that a user has typed.
     *
     * @throws whisktape.WhisktapeException refused, where it is a URI that cannot be one
     */
    public static Path of(String text) {
        return text.indexOf(':') < 0 ? Path.of(text) : TypedPlace.path(text);
    }

    /** True if it is not on a disk of this machine. */
    public static boolean isRemote(Path path) {
        return path instanceof RemotePath;
    }

    /**
     * True where a file can get its final name in one step: on this machine and on HDFS. Elsewhere a file is written under its final
     * name, and appears when it is closed.
     */
    public static boolean renameAtOnce(Path path) {
        return !(path instanceof RemotePath remote) || remote.getFileSystem().hasAtomicRename();
    }

    /**
     * Writes a remote file that appears as a whole; if reading fails, none appears.
     *
     * @param from from its position on
     * @param overwrite whether it may take the place of another one
     */
    public static void upload(ReadableByteChannel from, Path to, boolean overwrite) throws IOException {
        RemoteOutput out = RemoteFiles.create(to, overwrite);
        try {
            Channels.newInputStream(from).transferTo(out);
            out.close();
        } catch (IOException | RuntimeException e) {
            out.abort();
            throw e;
        }
    }

    /**
     * Reads a small file that others may replace meanwhile. A remote file system notices that between two requests and gives up, so
     * that is tried again.
     */
    public static byte[] readReplaced(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                if (!isRemote(file) || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
    }
}
