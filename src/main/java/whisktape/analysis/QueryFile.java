package whisktape.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/**
 * One question as SQL, from a file.
 *
 * @param name the file's name without {@code .sql}
 * @param sql all of the file
 */
public record QueryFile(String name, String sql) {
    private static final String SUFFIX = ".sql";

    /** Not a question but the tables that the others read. */
    private static final String VIEWS = "views";

    private static final String ANSWERS = "-- Answers:";

    /** The queries of a folder, by name. */
    public static List<QueryFile> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(file -> !nameOf(file).equals(VIEWS))
                    .sorted()
                    .map(QueryFile::read)
                    .toList();
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot list the queries in " + folder + ": " + reason(e)
                            + "; start whisktape by its launcher, which knows where they are",
                    e);
        }
    }

    /** The query of this name in the folder, or at this path. */
    public static QueryFile find(Path folder, String nameOrPath) {
        Path named = folder.resolve(nameOrPath.endsWith(SUFFIX) ? nameOrPath : nameOrPath + SUFFIX);
        if (isName(nameOrPath) && Files.isRegularFile(named)) {
            return read(named);
        }
        Path file = Path.of(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw WhisktapeException.refused("there is no query " + nameOrPath + ", neither in " + folder
                    + " nor as a file; whisktape analyze --list shows the queries");
        }
        return read(file);
    }

    /** The question that its header says it answers, else its first line. */
    public String question() {
        return header().filter(line -> line.startsWith(ANSWERS))
                .map(line -> line.substring(ANSWERS.length()))
                .findFirst()
                .or(() -> header().map(line -> line.substring(2)).findFirst())
                .orElse("")
                .strip();
    }

    private Stream<String> header() {
        return sql.lines().takeWhile(line -> line.startsWith("--"));
    }

    private static boolean isName(String text) {
        return !text.contains("/");
    }

    private static QueryFile read(Path file) {
        try {
            return new QueryFile(nameOf(file), Files.readString(file));
        } catch (IOException e) {
            throw new WhisktapeException("cannot read the query " + file + ": " + reason(e), e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it is not there" : e.getMessage();
    }
}
