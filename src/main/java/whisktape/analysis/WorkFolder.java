package whisktape.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/**
 * A folder in the temp folder for as long as a recording is open: where DuckDB spills and keeps, and a link to the recording. Through
 * the link its files have plain names; the {@code *}, {@code [} and {@code =} of a user's folder would mean something to DuckDB.
 */
final class WorkFolder implements AutoCloseable {
    private final Path folder;
    private final Path original;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete spilled data");

    private WorkFolder(Path folder, Path original) {
        this.folder = folder;
        this.original = original;
    }

    static WorkFolder create(Path recording) {
        try {
            WorkFolder work =
                    new WorkFolder(Files.createTempDirectory("whisktape-").toRealPath(), recording.toRealPath());
            // Also when Ctrl-C ends a query.
            Runtime.getRuntime().addShutdownHook(work.atExit);
            Files.createSymbolicLink(work.recording(), work.original);
            return work;
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot open the recording " + recording + " for SQL: no folder can be made in "
                            + System.getProperty("java.io.tmpdir") + " (" + e.getMessage()
                            + "); make room there, or name another by WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    Path recording() {
        return folder.resolve("recording");
    }

    Path emptySegment(String table) {
        return folder.resolve("no-" + table + ".parquet");
    }

    /** The database of what a report makes once; DuckDB makes the file. */
    Path kept() {
        return folder.resolve("kept.duckdb");
    }

    /** DuckDB makes this folder when it needs it. */
    Path spilled() {
        return folder.resolve("spilled");
    }

    /** A message of DuckDB with the names that the user knows. */
    String withOriginalNames(String message) {
        return message.replace(recording().toString(), original.toString());
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
            throw new WhisktapeException("cannot delete " + folder + ": " + e.getMessage() + "; delete it by hand", e);
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.getLogger(WorkFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + folder + ": " + e.getMessage());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
