package whisktape.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/** Where a file is made before it has its name: a hidden folder beside it, gone in the end and when Ctrl-C ends the process. */
final class ShareFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete what was not shared");

    private ShareFolder(Path path) {
        this.path = path;
    }

    static ShareFolder beside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        ShareFolder made = new ShareFolder(Files.createTempDirectory(folder, "." + file.getFileName() + "-"));
        Runtime.getRuntime().addShutdownHook(made.atExit);
        return made;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is deleting already.
            return;
        }
        try {
            delete();
        } catch (IOException e) {
            throw new WhisktapeException("cannot delete " + path + ": " + e.getMessage() + "; delete it by hand", e);
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.getLogger(ShareFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + path + ": " + e.getMessage());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
