package whisktape.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names in a recording as numbers. There are few of them in many rows; as an ENUM one takes a byte or two, and is joined,
 * sorted and grouped as the number that it is, while queries see the text.
 */
final class RepeatedTexts {
    /** Those that two bytes hold; beyond that they are no names that repeat. */
    private static final int MOST = 50_000;

    private static final String EVENTS = "recorded_events";
    private static final String ACTIVATIONS = "recorded_activations";

    /**
     * Columns that hold the same names, and so share a type.
     *
     * @param name of the type, and of the column in views
     * @param events the column of events; empty for none
     * @param activations the column of activations; empty for none
     * @param further SQL that gives more of these names
     */
    private record Names(String name, String events, String activations, String further) {
        String type() {
            return name + "_names";
        }

        String all() {
            List<String> parts = new ArrayList<>();
            if (!events.isEmpty()) {
                parts.add("SELECT DISTINCT " + events + " AS text FROM " + EVENTS);
            }
            if (!activations.isEmpty()) {
                parts.add("SELECT DISTINCT " + activations + " AS text FROM " + ACTIVATIONS);
            }
            if (!further.isEmpty()) {
                parts.add(further);
            }
            return "SELECT DISTINCT text FROM (" + String.join(" UNION ALL ", parts) + ") WHERE text IS NOT NULL";
        }
    }

    private static final Names ACTIONS = new Names(
            "action",
            "action",
            "path",
            "SELECT DISTINCT namespace || '/' || name AS text FROM " + ACTIVATIONS + " WHERE path IS NULL");

    private static final List<Names> ALL = List.of(
            ACTIONS,
            new Names("namespace", "namespace", "namespace", ""),
            new Names("subject", "subject", "subject", ""),
            new Names("kind", "kind", "kind", ""),
            new Names("caused_by", "caused_by", "caused_by", ""),
            new Names("event_source", "event_source", "", ""),
            new Names("version", "", "version", ""),
            new Names("name", "", "name", ""));

    /** What {@code plain_invocations} itself says in words; sorted, as an ENUM's order is the one in which it is declared. */
    private static final Map<String, String> VIEWS_OWN = Map.of(
            "found_in",
            "'both', 'couchdb', 'events'",
            "class",
            "'component', 'composition', 'probe', 'sequence', 'single', 'trigger'",
            "quality",
            "'absurd_duration', 'absurd_wait', 'bad_init', 'negative_duration', 'negative_wait', 'no_duration', 'no_end', 'no_wait',"
                    + " 'not_measured'");

    private final Statement statement;
    private final List<Names> found = new ArrayList<>();

    private RepeatedTexts(Statement statement) {
        this.statement = statement;
    }

    /** Makes the types, and has the two tables' views give them. */
    static RepeatedTexts in(Statement statement) throws SQLException {
        RepeatedTexts texts = new RepeatedTexts(statement);
        for (Names names : ALL) {
            texts.look(names);
        }
        texts.replace(EVENTS);
        texts.replace(ACTIVATIONS);
        return texts;
    }

    /**
     * A column of {@code plain_invocations} as it should be kept: put together from several, the name of an action has become a text
     * again, and some texts are the view's own.
     */
    String kept(String column) {
        if (column.equals("action") && found.contains(ACTIONS)) {
            return cast(ACTIONS, column);
        }
        return VIEWS_OWN.containsKey(column)
                ? "CAST(" + column + " AS ENUM (" + VIEWS_OWN.get(column) + ")) AS " + column
                : column;
    }

    /** Reads the recording once, as that takes long, and then the few that it found. */
    private void look(Names names) throws SQLException {
        String texts = names.name() + "_texts";
        statement.execute("CREATE TEMPORARY TABLE " + texts + " AS " + names.all() + " LIMIT " + (MOST + 1));
        if (count(texts) <= MOST) {
            statement.execute(
                    "CREATE TYPE " + names.type() + " AS ENUM (SELECT text FROM " + texts + " ORDER BY text)");
            found.add(names);
        }
        statement.execute("DROP TABLE " + texts);
    }

    private long count(String table) throws SQLException {
        try (ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + table)) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private void replace(String table) throws SQLException {
        String casts = found.stream()
                .map(names -> cast(names, table.equals(EVENTS) ? names.events() : names.activations()))
                .filter(cast -> !cast.isEmpty())
                .collect(Collectors.joining(", "));
        if (casts.isEmpty()) {
            return;
        }
        statement.execute("ALTER VIEW " + table + " RENAME TO texts_of_" + table);
        statement.execute("CREATE VIEW " + table + " AS SELECT * REPLACE (" + casts + ") FROM texts_of_" + table);
    }

    private static String cast(Names names, String column) {
        return column.isEmpty() ? "" : "CAST(" + column + " AS " + names.type() + ") AS " + column;
    }
}
