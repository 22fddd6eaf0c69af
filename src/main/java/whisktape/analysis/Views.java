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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views of {@code queries/views.sql}, made one after the other. A view that is made out of a window's rows only is renamed first,
 * and one that is kept becomes a table, so that the views behind it, which name it, read that.
 */
final class Views {
    private static final Pattern STATEMENT =
            Pattern.compile("(?ms)((?:^--[^\\n]*\\n)*)^CREATE OR REPLACE TEMPORARY VIEW (\\w+) AS\\n.*?;\\s*$");

    /** What a view's comment says where a report, which asks many questions, should make it once. */
    private static final String KEPT = "Reports make it once.";

    /** And where the view only adds columns to one that is kept: then these are made beside it, row by row. */
    private static final Pattern ADDED = Pattern.compile("Reports add its own columns to (\\w+) once\\.");

    private static final Pattern NOT_A_WORD = Pattern.compile("\\W+");

    /** Which column places a row of a view in time. */
    private static final Map<String, String> TIMES =
            Map.of("events", "event_time_ms", "activations", "start_ms", "invocations", "arrive_est_ms");

    /**
     * One of them.
     *
     * @param comment above it
     * @param sql that creates it
     */
    record View(String name, String comment, String sql) {}

    private Views() {}

    /** Makes one of them; those that it reads are there. */
    static void create(Statement statement, View view, Window window) throws SQLException {
        statement.execute(view.sql());
        cut(statement, view.name(), window);
    }

    /**
     * Makes all of them, with tables for those that are kept, of the columns that will be asked for.
     *
     * @param store the database that takes the tables
     * @param questions what will be asked, as SQL
     */
    static void createAndKeep(Statement statement, Window window, String store, List<String> questions)
            throws SQLException {
        List<View> views = new ArrayList<>(all());
        while (!views.isEmpty()) {
            View view = views.remove(0);
            statement.execute(view.sql());
            List<String> columns = columnsOf(statement, view.name());
            if (questions.stream().noneMatch(text -> asksForAll(text, view, views))) {
                columns.retainAll(words(questions, views));
            }
            Matcher added = ADDED.matcher(view.comment());
            if (view.comment().contains(KEPT)) {
                keep(statement, store, view.name(), columns);
            } else if (added.find()) {
                columns.removeAll(columnsOf(statement, added.group(1)));
                keepBeside(statement, store, view.name(), columns, added.group(1));
            }
            cut(statement, view.name(), window);
        }
    }

    private static void cut(Statement statement, String view, Window window) throws SQLException {
        if (window.isAll() || !TIMES.containsKey(view)) {
            return;
        }
        String whole = "all_" + view;
        statement.execute("ALTER VIEW " + view + " RENAME TO " + whole);
        statement.execute("CREATE TEMPORARY VIEW " + view + " AS SELECT * FROM " + whole + " WHERE "
                + window.condition(TIMES.get(view)));
    }

    private static void keep(Statement statement, String store, String view, List<String> columns) throws SQLException {
        String table = store + "." + view;
        statement.execute("CREATE TABLE " + table + " AS SELECT " + String.join(", ", columns) + " FROM " + view);
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT *, rowid AS kept_row FROM " + table);
    }

    /** Columns that look at other rows want them sorted, and sorting all other columns along costs more than all else. */
    private static void keepBeside(Statement statement, String store, String view, List<String> columns, String base)
            throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        String table = store + "." + view;
        String names = String.join(", ", columns);
        statement.execute("CREATE TABLE " + table + " AS SELECT " + names + " FROM (SELECT kept_row, " + names
                + " FROM " + view + ") ORDER BY kept_row");
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT * FROM " + store + "." + base
                + " POSITIONAL JOIN " + table);
    }

    /** Of this view, or of one to come that adds columns to it. */
    private static boolean asksForAll(String text, View view, List<View> toCome) {
        String names = Stream.concat(Stream.of(view), toCome.stream().filter(other -> addsTo(other, view)))
                .map(View::name)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?i)(SELECT|DISTINCT|,|\\.)\\s*\\*((?!\\bFROM\\b)[^()])*\\bFROM\\s+(" + names + ")\\b")
                .matcher(text)
                .find();
    }

    private static boolean addsTo(View view, View base) {
        Matcher added = ADDED.matcher(view.comment());
        return added.find() && added.group(1).equals(base.name());
    }

    /** A few too many: also those of comments, and names of columns that other tables have too. */
    private static Set<String> words(List<String> questions, List<View> views) {
        return Stream.concat(questions.stream(), views.stream().map(View::sql))
                .flatMap(NOT_A_WORD::splitAsStream)
                .collect(Collectors.toSet());
    }

    private static List<String> columnsOf(Statement statement, String view) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE " + view)) {
            while (described.next()) {
                columns.add(described.getString("column_name"));
            }
        }
        return columns;
    }

    /** In an order in which each can be made. */
    static List<View> all() {
        Matcher matcher = STATEMENT.matcher(text());
        return matcher.results()
                .map(found -> new View(found.group(2), found.group(1), found.group()))
                .toList();
    }

    private static String text() {
        try (InputStream in = Views.class.getResourceAsStream("/queries/views.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
