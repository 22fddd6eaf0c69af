package whisktape.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;
import whisktape.remote.Places;

/**
 * Where a verb writes a result that {@code -o} names: a file that gets its name when it is whole, packed by gzip where the name
 * ends with {@code .gz}, or for {@code -} standard output.
 */
final class OutputFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final Path draft;
    private final OutputStream out;

    private OutputFile(Path path, Path draft, OutputStream out) {
        this.path = path;
        this.draft = draft;
        this.out = out;
    }

    /** Opens one for a result of this recording, which is not touched. */
    static OutputFile open(Path path, Recording recording, PrintWriter standardOutput) {
        if (path.toString().equals("-")) {
            return new OutputFile(path, null, new WriterStream(standardOutput));
        }
        if (path.toAbsolutePath()
                .normalize()
                .startsWith(recording.folder().toAbsolutePath().normalize())) {
            throw WhisktapeException.refused("cannot write " + path
                    + ": that is within the recording, which is not touched; name a file elsewhere");
        }
        if (Files.isDirectory(path)) {
            throw WhisktapeException.refused("cannot write " + path + ": it is a folder; name a file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return direct(path);
        }
        try {
            Path draft = draftOf(path);
            if (!Places.isRemote(path) && path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            OutputStream file = Files.newOutputStream(draft);
            boolean isPacked = path.toString().endsWith(".gz");
            return new OutputFile(path, draft, buffered(isPacked ? new GZIPOutputStream(file, BUFFER_BYTES) : file));
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** What is sent to a remote place is made here first. */
    private static Path draftOf(Path path) throws IOException {
        if (!Places.isRemote(path)) {
            return path.resolveSibling("." + path.getFileName() + ".new");
        }
        Path draft = Files.createTempFile("whisktape-", ".new");
        draft.toFile().deleteOnExit();
        return draft;
    }

    /** A pipe or a device, which has no name to get. */
    private static OutputFile direct(Path path) {
        try {
            return new OutputFile(path, null, buffered(Files.newOutputStream(path)));
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static OutputStream buffered(OutputStream out) {
        return new BufferedOutputStream(out, BUFFER_BYTES);
    }

    OutputStream stream() {
        return out;
    }

    /** All has been written: the file gets its name. */
    void complete() {
        try {
            out.close();
            if (draft != null && Places.isRemote(path)) {
                send(draft, path, true);
            } else if (draft != null) {
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Sends a file of this machine to a remote place, where it appears as a whole. */
    static void send(Path file, Path remote, boolean overwrite) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            Places.upload(bytes, remote, overwrite);
        }
    }

    /** Without {@link #complete} nothing stays. */
    @Override
    public void close() {
        if (draft != null) {
            try {
                out.close();
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                throw failure(path, e);
            }
        }
    }

    static WhisktapeException failure(Path path, IOException e) {
        return new WhisktapeException("cannot write " + path + ": " + e.getMessage(), e);
    }
}
