package whisktape.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The views of {@code queries/views.sql}, made one after the other. A view that is made out of a window's rows only is renamed first,
 * and one that is kept becomes a table, so that the views behind it, which name it, read that.
 */
final class Views {
    private static final Pattern STATEMENT =
            Pattern.compile("(?ms)((?:^--[^\\n]*\\n)*)^CREATE OR REPLACE TEMPORARY VIEW (\\w+) AS\\n.*?;\\s*$");

    /** What a view's comment says where a report, which asks many questions, should make it once. */
    private static final String KEPT = "Reports make it once.";

    /** Which column places a row of a view in time. */
    private static final Map<String, String> TIMES =
            Map.of("events", "event_time_ms", "activations", "start_ms", "invocations", "arrive_est_ms");

    private record View(String name, String sql, boolean isKept) {}

    private Views() {}

    /**
     * Makes all of them.
     *
     * @param store the database that takes kept ones as tables; null to keep none
     */
    static void create(Statement statement, Window window, String store) throws SQLException {
        for (View view : all()) {
            statement.execute(view.sql());
            if (!window.isAll() && TIMES.containsKey(view.name())) {
                cut(statement, view.name(), window);
            }
            if (store != null && view.isKept()) {
                keep(statement, view.name(), store);
            }
        }
    }

    private static void cut(Statement statement, String view, Window window) throws SQLException {
        String whole = "all_" + view;
        statement.execute("ALTER VIEW " + view + " RENAME TO " + whole);
        statement.execute("CREATE TEMPORARY VIEW " + view + " AS SELECT * FROM " + whole + " WHERE "
                + window.condition(TIMES.get(view)));
    }

    private static void keep(Statement statement, String view, String store) throws SQLException {
        String table = store + "." + view;
        statement.execute("CREATE TABLE " + table + " AS SELECT * FROM " + view);
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT * FROM " + table);
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
