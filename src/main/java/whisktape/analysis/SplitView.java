package whisktape.analysis;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A view of which some columns stand in a table of their own, row by row beside the others. Only one thread can read two tables side by
 * side, so they are for those queries that name these columns; to all others the view is without them.
 *
 * @param name of the view
 * @param own columns of the second table
 * @param base SQL that reads the first one alone
 * @param whole SQL that reads both
 */
record SplitView(String name, Set<String> own, String base, String whole) implements QueryViews {
    SplitView(String name, List<String> own, String base, String whole) {
        this(name, Set.copyOf(own), base, whole);
    }

    @Override
    public void createFor(String sql, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            createFor(sql, statement);
        }
    }

    void createFor(String sql, Statement statement) throws SQLException {
        Set<String> words = KeptViews.words(List.of(), List.of(sql));
        // DuckDB's COLUMNS takes names from a text, or none.
        boolean isWhole = KeptViews.asksForAll(sql, List.of(name))
                || words.contains("columns")
                || !Collections.disjoint(words, own);
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + name + " AS " + (isWhole ? whole : base));
    }

    /** Who names no column that only the whole has misses none. */
    @Override
    public boolean createAll(Connection connection) {
        return false;
    }
}
