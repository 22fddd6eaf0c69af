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

/**
 * The views of {@code queries/views.sql}, made one after the other. A view that is made out of a window's rows only is renamed first,
 * and one that is kept becomes a table, so that the views behind it, which name it, read that.
 */
final class Views {
    private static final Pattern STATEMENT =
            Pattern.compile("(?ms)((?:^--[^\\n]*\\n)*)^CREATE OR REPLACE TEMPORARY VIEW (\\w+) AS\\n.*?;\\s*$");

    /** What a view's comment says where a report, which asks many questions, should make it once. */
    private static final String KEPT = "Reports make it once.";

    private static final Pattern NOT_A_WORD = Pattern.compile("\\W+");

    /** Which column places a row of a view in time. */
    private static final Map<String, String> TIMES =
            Map.of("events", "event_time_ms", "activations", "start_ms", "invocations", "arrive_est_ms");

    private record View(String name, String sql, boolean isKept) {}

    private Views() {}

    /** Makes all of them. */
    static void create(Statement statement, Window window) throws SQLException {
        for (View view : all()) {
            create(statement, window, view);
        }
    }

    /**
     * The same, with tables for those that are kept, of the columns that will be asked for.
     *
     * @param store the database that takes the tables
     * @param questions what will be asked, as SQL
     */
    static void createAndKeep(Statement statement, Window window, String store, List<String> questions)
            throws SQLException {
        List<View> views = all();
        List<String> texts = new ArrayList<>(questions);
        views.forEach(view -> texts.add(view.sql()));
        for (View view : views) {
            create(statement, window, view);
            texts.remove(view.sql());
            if (view.isKept()) {
                keep(statement, view.name(), store, texts);
            }
        }
    }

    private static void create(Statement statement, Window window, View view) throws SQLException {
        statement.execute(view.sql());
        if (!window.isAll() && TIMES.containsKey(view.name())) {
            cut(statement, view.name(), window);
        }
    }

    private static void cut(Statement statement, String view, Window window) throws SQLException {
        String whole = "all_" + view;
        statement.execute("ALTER VIEW " + view + " RENAME TO " + whole);
        statement.execute("CREATE TEMPORARY VIEW " + view + " AS SELECT * FROM " + whole + " WHERE "
                + window.condition(TIMES.get(view)));
    }

    private static void keep(Statement statement, String view, String store, List<String> texts) throws SQLException {
        String table = store + "." + view;
        statement.execute("CREATE TABLE " + table + " AS SELECT " + columns(statement, view, texts) + " FROM " + view);
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT * FROM " + table);
    }

    /** Those whose names stand anywhere in the texts, which may be a few too many; all where a text asks for all. */
    private static String columns(Statement statement, String view, List<String> texts) throws SQLException {
        Pattern asksForAll =
                Pattern.compile("(?i)(SELECT|DISTINCT|,|\\.)\\s*\\*((?!\\bFROM\\b)[^()])*\\bFROM\\s+" + view + "\\b");
        if (texts.stream().anyMatch(text -> asksForAll.matcher(text).find())) {
            return "*";
        }
        Set<String> words = texts.stream().flatMap(NOT_A_WORD::splitAsStream).collect(Collectors.toSet());
        List<String> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE " + view)) {
            while (described.next()) {
                columns.add(described.getString("column_name"));
            }
        }
        return columns.stream().filter(words::contains).collect(Collectors.joining(", "));
    }

    private static List<View> all() {
        Matcher matcher = STATEMENT.matcher(text());
        return matcher.results()
                .map(found ->
                        new View(found.group(2), found.group(), found.group(1).contains(KEPT)))
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
