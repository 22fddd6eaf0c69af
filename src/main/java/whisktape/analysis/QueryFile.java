package whisktape.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

/**
 * One question as SQL, from a file.
 *
 * @param name the file's name without {@code .sql}; empty where somebody typed it
 * @param sql all of the file
 * @param header what its first comment says
 */
public record QueryFile(String name, String sql, QueryHeader header) {
    private static final String SUFFIX = ".sql";

    /** Not a question but the tables that the others read. */
    private static final String VIEWS = "views";

    /** SQL that somebody typed. */
    public static QueryFile typed(String sql) {
        return of("", sql);
    }

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

    /** How messages call it. */
    String label() {
        return ("the query " + name).strip();
    }

    /** Whether a variable of this name can be set. */
    public boolean takes(String variable) {
        return header.variables().stream().anyMatch(known -> known.name().equals(variable));
    }

    /** The SQL with its variables replaced by these values, and by their defaults where there is none. */
    public String sql(Map<String, String> values) {
        Map<String, String> literals = new HashMap<>();
        for (Variable variable : header.variables()) {
            literals.put(
                    variable.name(), variable.literal(values.getOrDefault(variable.name(), variable.defaultValue())));
        }
        return SqlText.replace(sql, literals);
    }

    private static boolean isName(String text) {
        return !text.contains("/");
    }

    private static QueryFile of(String name, String sql) {
        return new QueryFile(name, sql, QueryHeader.parse(name, sql));
    }

    private static QueryFile read(Path file) {
        try {
            return of(nameOf(file), Files.readString(file));
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
