package whisktape.analysis;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import whisktape.recording.Recording;

/**
 * The tables and views of several recordings as one each, in DuckDB: those that are asked for are made of every recording by itself, so that
 * nothing of one is joined with anything of another, and then stand below each other behind the columns that tell the recordings apart.
 */
final class RunViews {
    private final Statement statement;
    private final String store;
    private final List<String> questions;
    private final Runs runs;
    private final List<View> views;
    private final Map<String, List<String>> parts = new LinkedHashMap<>();

    /**
     * @param store the database that takes the tables
     * @param questions what will be asked, as SQL
     */
    RunViews(Statement statement, String store, List<String> questions, Runs runs) {
        this.statement = statement;
        this.store = store;
        this.questions = questions;
        this.runs = runs;
        this.views = AskedViews.named(questions);
    }

    /** Keeps what is asked for of the recording whose views there are now. */
    void keep(Recording recording) throws SQLException {
        for (View view : views) {
            List<String> all = View.columnsOf(statement, view.name());
            List<Column> marks = runs.columns(all);
            List<Object> values = runs.values(recording);
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < marks.size(); i++) {
                columns.add("CAST(" + literal(values.get(i)) + " AS "
                        + runs.sqlTypes().get(i) + ") AS " + quoted(marks.get(i).name()));
            }
            KeptViews.asked(all, view, List.of(), questions).forEach(column -> columns.add(quoted(column)));
            List<String> tables = parts.computeIfAbsent(view.name(), name -> new ArrayList<>());
            String table = store + "." + view.name() + "_" + tables.size();
            statement.execute(
                    "CREATE TABLE " + table + " AS SELECT " + String.join(", ", columns) + " FROM " + view.name());
            tables.add(table);
        }
    }

    /** Puts what was kept of all recordings in the place of the views of the last one. */
    void create() throws SQLException {
        for (Map.Entry<String, List<String>> view : parts.entrySet()) {
            String all =
                    view.getValue().stream().map("SELECT * FROM "::concat).collect(Collectors.joining(" UNION ALL "));
            statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view.getKey() + " AS " + all);
        }
    }

    private static String literal(Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
