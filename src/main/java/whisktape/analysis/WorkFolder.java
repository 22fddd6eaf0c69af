package whisktape.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import whisktape.WhisktapeException;
import whisktape.recording.ScratchFolder;

/**
 * A folder in the temp folder for as long as recordings are open: where DuckDB spills and keeps, and a link to each recording. Through
 * the link its files have plain names; the {@code *}, {@code [} and {@code =} of a user's folder would mean something to DuckDB.
 */
final class WorkFolder implements AutoCloseable {
    /** What a sentence about the temp folder ends with. */
    static final String MAKE_ROOM = "; make room there, or name another by WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";

    private final ScratchFolder scratch;
    private final Path folder;
    private final Map<Path, Path> originals = new LinkedHashMap<>();

    private WorkFolder(ScratchFolder scratch) {
        this.scratch = scratch;
        this.folder = scratch.path();
    }

    static WorkFolder create() {
        try {
            return new WorkFolder(ScratchFolder.create());
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    /** A link to this recording, by which DuckDB can name its files. */
    Path link(Path recording) {
        try {
            Path link = folder.resolve("recording-" + originals.size());
            Path original = recording.toRealPath();
            Files.createSymbolicLink(link, original);
            originals.put(link, original);
            return link;
        } catch (IOException e) {
            throw cannotBeMade(e);
        }
    }

    private static WhisktapeException cannotBeMade(IOException e) {
        return new WhisktapeException(
                "cannot open a recording for SQL: no folder can be made in " + System.getProperty("java.io.tmpdir")
                        + " ("
                        + e.getMessage()
                        + ")" + MAKE_ROOM,
                e);
    }

    /** The recordings of which a file stands in a message of DuckDB; all of them where none does. */
    String recordingsIn(String message) {
        List<Path> named = originals.keySet().stream()
                .filter(link -> names(message, link))
                .map(originals::get)
                .toList();
        return (named.isEmpty() ? originals.values() : named)
                .stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    boolean isNamedIn(String message) {
        return originals.keySet().stream().anyMatch(link -> names(message, link));
    }

    private static boolean names(String message, Path link) {
        return message.contains(link + "/");
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
        String original = message;
        for (Map.Entry<Path, Path> link : originals.entrySet()) {
            original = original.replace(link.getKey() + "/", link.getValue() + "/");
        }
        return original;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
