package whisktape.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A recording cut into pieces of time. An event is made when its activation ends, so nearly all stand in the same piece as their
 * documents, wherever they were recorded; joined piece by piece, they need the memory of a piece. What stands in two pieces is joined
 * at the end.
 */
final class Pieces {
    /** Of events and activations together: those of a piece take some 200 MiB while they are joined. */
    static final long ROWS = 3_000_000;

    /** Of so many rows one says where pieces begin. */
    private static final int SAMPLED = 64;

    /**
     * One of the two tables.
     *
     * @param time the column that says when an activation ended, about
     */
    private record Cut(String table, String time) {
        String whole() {
            return "whole_" + table;
        }
    }

    private static final List<Cut> TABLES =
            List.of(new Cut("recorded_events", "event_time_ms"), new Cut("recorded_activations", "end_ms"));

    private final Statement statement;
    private final List<Long> borders;

    private Pieces(Statement statement, List<Long> borders) {
        this.statement = statement;
        this.borders = borders;
    }

    /**
     * Those of a recording whose tables are there.
     *
     * @param pieces how many, about
     */
    static Pieces of(Statement statement, long pieces) throws SQLException {
        return new Pieces(statement, pieces <= 1 ? List.of() : borders(statement, pieces));
    }

    private static List<Long> borders(Statement statement, long pieces) throws SQLException {
        String shares =
                LongStream.range(1, pieces).mapToObj(i -> i + "e0 / " + pieces).collect(Collectors.joining(", "));
        List<Long> borders = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT DISTINCT unnest(quantile_disc(ms, [" + shares
                + "])) AS ms FROM (SELECT event_time_ms AS ms FROM recorded_events WHERE \"offset\" % " + SAMPLED
                + " = 0 UNION ALL SELECT nullif(end_ms, 0) FROM recorded_activations WHERE change_number % " + SAMPLED
                + " = 0) ORDER BY ms")) {
            while (found.next()) {
                borders.add(found.getLong("ms"));
            }
        }
        return borders;
    }

    /** Keeps a view that makes each row of one event and one document at most. */
    void keep(String view, String table, List<String> columns, RepeatedTexts texts) throws SQLException {
        List<String> kept = new ArrayList<>(columns);
        List.of("found_in", "activation_id").stream()
                .filter(column -> !kept.contains(column))
                .forEach(kept::add);
        String select = "SELECT " + kept.stream().map(texts::kept).collect(Collectors.joining(", ")) + " FROM " + view;
        if (borders.isEmpty()) {
            statement.execute("CREATE TABLE " + table + " AS " + select);
            return;
        }
        for (Cut cut : TABLES) {
            statement.execute("ALTER VIEW " + cut.table() + " RENAME TO " + cut.whole());
        }
        for (int piece = 0; piece < borders.size() + 2; piece++) {
            for (Cut cut : TABLES) {
                show(cut, " WHERE " + condition(cut, piece));
            }
            statement.execute((piece == 0 ? "CREATE TABLE " + table + " AS " : "INSERT INTO " + table + " ") + select);
        }
        joinAcross(table, select);
        for (Cut cut : TABLES) {
            show(cut, "");
        }
    }

    /** The last piece is of those without a time: beside another condition they would let no row group be skipped. */
    private String condition(Cut cut, int piece) {
        if (piece > borders.size()) {
            return cut.time() + " IS NULL";
        }
        String from = piece == 0 ? "" : cut.time() + " >= " + borders.get(piece - 1);
        String until = piece == borders.size() ? "" : cut.time() + " < " + borders.get(piece);
        return from + (from.isEmpty() || until.isEmpty() ? "" : " AND ") + until;
    }

    /** Makes again, out of both, what was made of an event in one piece and of a document in another. */
    private void joinAcross(String table, String select) throws SQLException {
        long events = count(table + " WHERE found_in = 'events'");
        long documents = count(table + " WHERE found_in = 'couchdb'");
        // The smaller side is the one that is held in memory.
        String more = events > documents ? "events" : "couchdb";
        String fewer = events > documents ? "couchdb" : "events";
        statement.execute("CREATE TEMPORARY TABLE across AS SELECT activation_id FROM " + table + " WHERE found_in = '"
                + more + "' AND activation_id IN (SELECT activation_id FROM " + table + " WHERE found_in = '" + fewer
                + "')");
        if (count("across") > 0) {
            statement.execute("DELETE FROM " + table
                    + " WHERE found_in <> 'both' AND activation_id IN (SELECT activation_id FROM across)");
            for (Cut cut : TABLES) {
                show(cut, " SEMI JOIN across USING (activation_id)");
            }
            statement.execute("INSERT INTO " + table + " " + select);
        }
        statement.execute("DROP TABLE across");
    }

    private long count(String rows) throws SQLException {
        try (ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + rows)) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private void show(Cut cut, String rows) throws SQLException {
        statement.execute("CREATE OR REPLACE VIEW " + cut.table() + " AS SELECT * FROM " + cut.whole() + rows);
    }
}
