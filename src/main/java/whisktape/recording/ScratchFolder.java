package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/** A new folder of what nobody needs later: gone with all that is in it when it is closed, and when Ctrl-C ends the process. */
public final class ScratchFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete a scratch folder");

    private ScratchFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** One among the system's temporary ones. */
    public static ScratchFolder create() throws IOException {
        // macOS has its temporary folder behind a link.
        return new ScratchFolder(Files.createTempDirectory("whisktape-").toRealPath());
    }

    /** A hidden one beside a file that is not there yet, so that the file can be made in it and get its name at once. */
    public static ScratchFolder beside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return new ScratchFolder(Files.createTempDirectory(folder, "." + file.getFileName() + "-"));
    }

    public Path path() {
        return path;
    }

    /** Deletes it. Throws {@link WhisktapeException} where the disk fails. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is deleting already.
            return;
        }
        try {
            delete(path);
        } catch (IOException e) {
            throw new WhisktapeException("cannot delete " + path + ": " + e.getMessage() + "; delete it by hand", e);
        }
    }

    /** Deletes a folder with all that is in it, whoever made it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void deleteQuietly() {
        try {
            delete(path);
        } catch (IOException e) {
            System.getLogger(ScratchFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + path + ": " + e.getMessage());
        }
    }
}
