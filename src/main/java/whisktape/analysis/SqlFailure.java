package whisktape.analysis;

import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import whisktape.WhisktapeException;

/** Says in whisktape's words what DuckDB could not do: wrong SQL is wrong usage, a segment that it cannot read is damage. */
final class SqlFailure {
    private static final int LINES = 8;

    /** Errors that say something about this machine, not about the SQL. */
    private static final Pattern NOT_THE_SQL =
            Pattern.compile("(Out of Memory|IO|INTERNAL|FATAL|Fatal|Interrupt|Connection|TransactionContext) Error");

    /** Of the disk that DuckDB spills to and keeps tables on, which it also calls memory. */
    private static final Pattern NO_SPACE = Pattern.compile("failed to offload|No space left on device");

    /** How DuckDB's Parquet reader stumbles over damage without naming the file; no wrong SQL is told so. */
    private static final Pattern DAMAGE = Pattern.compile("\\AInvalid Error: |Parquet metadata is corrupt");

    private static final Pattern BARE_OFFSET = Pattern.compile("(?i)(?<![.\"\\w])offset(?!\\w|\\s+\\d)");

    private SqlFailure() {}

    /**
     * The exception to throw.
     *
     * @param query how messages call what was run
     * @param sql what was run; empty if it was nothing of the user's
     */
    static WhisktapeException of(WorkFolder work, String query, String sql, SQLException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (work.isNamedIn(message) || DAMAGE.matcher(message).find()) {
            return WhisktapeException.damaged(
                    "cannot read the recording " + work.recordingsIn(message) + ": "
                            + firstLines(work.withOriginalNames(message), 1)
                            + "; whisktape verify says what is left of it",
                    e);
        }
        if (sql.isEmpty() && message.startsWith("Binder Error")) {
            return WhisktapeException.damaged(
                    "cannot read the recording " + work.recordingsIn(message)
                            + ": its segments do not have the columns that whisktape writes ("
                            + firstLines(message, 1) + "); whisktape verify says what is left of it",
                    e);
        }
        if (message.startsWith("INTERNAL Error")) {
            // What follows is a stack trace of the engine.
            return new WhisktapeException(
                    "cannot run " + query + ": " + firstLines(message, 1)
                            + "; whisktape verify says whether the recording is whole",
                    e);
        }
        boolean isOfMachine = NOT_THE_SQL.matcher(message).lookingAt();
        if (isOfMachine && NO_SPACE.matcher(message).find()) {
            return new WhisktapeException(
                    "cannot run " + query + ": the temp folder is full (" + firstLines(message, 1) + ")"
                            + WorkFolder.MAKE_ROOM,
                    e);
        }
        if (message.startsWith("Out of Memory Error")) {
            String less = sql.isEmpty()
                    ? "a window (--from, --until) needs less"
                    : "joins, sorts and groups go on on the disk, but not count(distinct …) and list(…) of this many values:"
                            + " approx_count_distinct needs little, and so does a window (--from, --until)";
            return new WhisktapeException(
                    "cannot run " + query + ": it needs more memory than the " + Memory.mebibytes()
                            + " MiB that a query may hold; " + less,
                    e);
        }
        if (isOfMachine || sql.isEmpty()) {
            return new WhisktapeException("cannot run " + query + ": " + firstLines(message, LINES), e);
        }
        return WhisktapeException.refused(
                "cannot run " + query + ": " + firstLines(message, LINES) + hint(sql, message), e);
    }

    private static String hint(String sql, String message) {
        return message.startsWith("Parser Error") && BARE_OFFSET.matcher(sql).find()
                ? "\noffset is a word of SQL itself: write e.offset, with events named e as in FROM events e"
                : "";
    }

    private static String firstLines(String message, int lines) {
        return message.lines().filter(line -> !line.isBlank()).limit(lines).collect(Collectors.joining("\n"));
    }
}
