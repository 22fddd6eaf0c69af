package whisktape.analysis;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tables and views of a recording, each made when a query first names it, with all that it reads: to make all of them takes longer
 * than most queries.
 */
final class ViewsOnDemand implements QueryViews {
    private static final Pattern NOT_A_WORD = Pattern.compile("\\W+");

    /** What may list the views that there are, without naming any. */
    private static final Pattern CATALOG =
            Pattern.compile("(?i)\\bshow\\b|\\binformation_schema\\b|\\b(duckdb|pg|pragma|sqlite)_");

    /** Each behind those that it reads. */
    private final List<Missing> missing = new ArrayList<>();

    private interface Creation {
        void on(Statement statement) throws SQLException;
    }

    private record Missing(String name, String sql, Creation creation) {}

    private ViewsOnDemand() {}

    /** Where all are there already. */
    static ViewsOnDemand none() {
        return new ViewsOnDemand();
    }

    static ViewsOnDemand of(RecordedTables tables, List<View> all, Window window) {
        ViewsOnDemand views = new ViewsOnDemand();
        for (String name : RecordedTables.NAMES) {
            views.missing.add(new Missing(name, "", statement -> tables.create(statement, name)));
        }
        for (View view : all) {
            views.missing.add(new Missing(view.name(), view.sql(), statement -> view.create(statement, window)));
        }
        return views;
    }

    /** Makes those that this SQL may read; a few too many, where it has a view's name for something else. */
    @Override
    public void createFor(String sql, Connection connection) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        if (CATALOG.matcher(sql).find()) {
            createAll(connection);
            return;
        }
        Set<String> words = new HashSet<>(wordsOf(sql));
        List<Missing> needed = new ArrayList<>();
        for (int i = missing.size() - 1; i >= 0; i--) {
            Missing view = missing.get(i);
            if (words.contains(view.name())) {
                words.addAll(wordsOf(view.sql()));
                needed.add(0, view);
            }
        }
        create(needed, connection);
    }

    @Override
    public boolean createAll(Connection connection) throws SQLException {
        boolean isAny = !missing.isEmpty();
        create(List.copyOf(missing), connection);
        return isAny;
    }

    private void create(List<Missing> needed, Connection connection) throws SQLException {
        if (needed.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (Missing view : needed) {
                view.creation().on(statement);
                missing.remove(view);
            }
        }
    }

    private static Set<String> wordsOf(String sql) {
        return Set.copyOf(new HashSet<>(List.of(NOT_A_WORD.split(sql.toLowerCase(Locale.ROOT)))));
    }
}
