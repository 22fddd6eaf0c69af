package whisktape.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the views of {@code queries/views.sql}, which are made one after the other. A view that is cut is renamed first, so that those
 * behind it, which name it, read a window's rows only.
 *
 * @param name as queries write it
 * @param comment above it
 * @param sql that creates it
 */
record View(String name, String comment, String sql) {
    private static final Pattern STATEMENT =
            Pattern.compile("(?ms)((?:^--[^\\n]*\\n)*)^CREATE OR REPLACE TEMPORARY VIEW (\\w+) AS\\n.*?;\\s*$");

    /** Which column places a row of a view in time. */
    private static final Map<String, String> TIMES =
            Map.of("events", "event_time_ms", "activations", "start_ms", "invocations", "arrive_est_ms");

    /** What a view's comment says where a report should make it once. */
    private static final Pattern KEPT = Pattern.compile("Reports make it once[.,]");

    /** And where it has few rows beside what it is made of. */
    private static final Pattern FEW = Pattern.compile("Few rows\\.");

    /** And where its rows may be made of pieces of the recording, one after the other. */
    private static final Pattern PIECES = Pattern.compile("Reports make it once, piece by piece\\.");

    /** Where it has the rows of another one, with more columns. */
    private static final Pattern ADDED = Pattern.compile("Adds columns to (\\w+)\\.");

    /** Where a report should make these columns once, and leave the others where they are. */
    private static final Pattern BESIDE = Pattern.compile("Reports make these once, beside the others\\.");

    /**
     * All of them, in the file's order.
     *
     * @param dialect how the engine wants their SQL
     */
    static List<View> all(UnaryOperator<String> dialect) {
        return STATEMENT
                .matcher(text())
                .results()
                .map(found -> new View(found.group(2), found.group(1), dialect.apply(found.group())))
                .toList();
    }

    /** Whether a report, which asks many questions, makes it once. */
    boolean isKept() {
        return KEPT.matcher(comment).find();
    }

    /** Whether it has few rows beside what it is made of. */
    boolean hasFewRows() {
        return FEW.matcher(comment).find();
    }

    /** Whether it is made of pieces of a recording as of the whole, but for what stands in two pieces. */
    boolean isMadeInPieces() {
        return PIECES.matcher(comment).find();
    }

    /** Whether the columns that it adds are made once. */
    boolean addsKeptColumns() {
        return BESIDE.matcher(comment).find();
    }

    /** The view to which it only adds columns. */
    Optional<String> base() {
        Matcher added = ADDED.matcher(comment);
        return added.find() ? Optional.of(added.group(1)) : Optional.empty();
    }

    /** What it is a name for. */
    String select() {
        String head = "VIEW " + name + " AS\n";
        return sql.substring(sql.indexOf(head) + head.length(), sql.lastIndexOf(';'));
    }

    /** Makes it; those that it reads are there. */
    void create(Statement statement, Window window) throws SQLException {
        statement.execute(sql);
        cut(statement, window);
    }

    void cut(Statement statement, Window window) throws SQLException {
        String condition = condition(window);
        if (!condition.isEmpty()) {
            String whole = "all_" + name;
            // There is one where another recording was before.
            statement.execute("DROP VIEW IF EXISTS " + whole);
            statement.execute("ALTER VIEW " + name + " RENAME TO " + whole);
            statement.execute("CREATE TEMPORARY VIEW " + name + " AS SELECT * FROM " + whole + condition);
        }
    }

    /** For its rows to lie in the window; empty where nothing is left out. */
    String condition(Window window) {
        return window.isAll() || !TIMES.containsKey(name) ? "" : " WHERE " + window.condition(TIMES.get(name));
    }

    /** The columns of a view or table, in their order. */
    static List<String> columnsOf(Statement statement, String view) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE " + view)) {
            while (described.next()) {
                columns.add(described.getString("column_name"));
            }
        }
        return columns;
    }

    private static String text() {
        try (InputStream in = View.class.getResourceAsStream("/queries/views.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
