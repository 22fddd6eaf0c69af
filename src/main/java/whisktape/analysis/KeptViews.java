package whisktape.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The views of a report, which asks many questions: those that most questions read become tables, of the columns that will be asked for.
 * In a single query DuckDB makes only what that query needs; sixty queries would make the same join sixty times.
 */
final class KeptViews {
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("--[^\\n]*|'[^']*'");
    private static final Pattern NOT_A_WORD = Pattern.compile("\\W+");

    private final Statement statement;
    private final Window window;
    private final String store;
    private final List<String> questions;
    private final RepeatedTexts texts;

    private KeptViews(Statement statement, Window window, String store, List<String> questions) throws SQLException {
        this.statement = statement;
        this.window = window;
        this.store = store;
        this.questions = questions;
        this.texts = RepeatedTexts.in(statement);
    }

    /**
     * Makes them all.
     *
     * @param store the database that takes the tables
     * @param questions what will be asked, as SQL
     */
    static void create(Statement statement, List<View> views, Window window, String store, List<String> questions)
            throws SQLException {
        new KeptViews(statement, window, store, questions).create(views);
    }

    private void create(List<View> views) throws SQLException {
        List<View> toCome = new ArrayList<>(views);
        while (!toCome.isEmpty()) {
            View view = toCome.remove(0);
            statement.execute(view.sql());
            if (view.isKept() && isAskedFor(view, toCome)) {
                keep(view, columns(view, toCome));
            } else if (view.base().isPresent()) {
                addTo(view.base().get(), view, toCome);
                // That table holds the window's rows only.
                continue;
            }
            view.cut(statement, window);
        }
    }

    private void keep(View view, List<String> columns) throws SQLException {
        String kept =
                columns.stream().map(column -> texts.kept(view.name(), column)).collect(Collectors.joining(", "));
        String table = store + "." + view.name();
        statement.execute("CREATE TABLE " + table + " AS SELECT " + kept + " FROM " + view.name());
        replace(view.name(), table);
    }

    /**
     * Columns that look at other rows want them sorted, and sorting all other columns along would cost more than all else. So they are
     * made by themselves, put back into the order of the others, and laid beside them.
     */
    private void addTo(String base, View view, List<View> toCome) throws SQLException {
        List<String> own = columns(view, toCome);
        own.removeAll(columnsOf(base));
        if (own.isEmpty()) {
            view.cut(statement, window);
            return;
        }
        String names = String.join(", ", own);
        String beside = store + ".beside_" + base;
        statement.execute("CREATE TABLE " + beside + " AS SELECT " + names + " FROM (SELECT kept_row, " + names
                + " FROM " + view.name() + ") ORDER BY kept_row");
        String whole = store + "." + view.name();
        statement.execute("CREATE TABLE " + whole + " AS SELECT " + String.join(", ", columns(view, toCome)) + " FROM "
                + store + "." + base + " POSITIONAL JOIN " + beside + view.condition(window));
        statement.execute("DROP TABLE " + beside);
        statement.execute("DROP TABLE " + store + "." + base);
        replace(base, whole);
        replace(view.name(), whole);
    }

    private void replace(String view, String table) throws SQLException {
        statement.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS SELECT *, rowid AS kept_row FROM " + table);
    }

    /** By a question, or by a view to come that is; or by one that adds to it, as everything does. */
    private boolean isAskedFor(View view, List<View> toCome) {
        Pattern name = Pattern.compile("\\b" + view.name() + "\\b");
        if (questions.stream().anyMatch(text -> name.matcher(text).find())) {
            return true;
        }
        for (int i = 0; i < toCome.size(); i++) {
            View other = toCome.get(i);
            if (name.matcher(other.sql()).find()
                    && (!other.isKept() || isAskedFor(other, toCome.subList(i + 1, toCome.size())))) {
                return true;
            }
        }
        return false;
    }

    private List<String> columns(View view, List<View> toCome) throws SQLException {
        List<String> columns = asked(columnsOf(view.name()), view, toCome, questions);
        columns.remove("kept_row");
        return columns;
    }

    /** Those of a view's columns that somebody will ask for, the views to come among them. */
    static List<String> asked(List<String> columns, View view, List<View> toCome, List<String> questions) {
        List<String> asked = new ArrayList<>(columns);
        if (questions.stream().noneMatch(text -> asksForAll(text, view, toCome))) {
            asked.retainAll(words(toCome, questions));
        }
        return asked;
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
        return view.base().filter(base.name()::equals).isPresent();
    }

    /** A few too many: also names of columns that other tables have too. */
    static Set<String> words(List<View> toCome, List<String> questions) {
        Set<String> words = new HashSet<>();
        Stream.concat(questions.stream(), toCome.stream().map(View::sql))
                .map(sql -> COMMENT_OR_TEXT.matcher(sql).replaceAll(" "))
                .forEach(sql -> words.addAll(List.of(NOT_A_WORD.split(sql))));
        return words;
    }

    private List<String> columnsOf(String view) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE " + view)) {
            while (described.next()) {
                columns.add(described.getString("column_name"));
            }
        }
        return columns;
    }
}
