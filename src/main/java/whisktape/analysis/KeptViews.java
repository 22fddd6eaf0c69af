package whisktape.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The views of a report, which asks many questions: those that most questions read become tables, of the columns that will be asked for.
 * In a single query DuckDB makes only what that query needs; sixty queries would make the same join sixty times.
 */
final class KeptViews {
    static final Pattern COMMENT_OR_TEXT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)|'[^']*'|(?<name>\"[^\"]*\")");
    private static final Pattern NOT_A_WORD = Pattern.compile("\\W+");

    private final Statement statement;
    private final Window window;
    private final String store;
    private final List<String> questions;
    private final Pieces pieces;
    private final RepeatedTexts texts;
    private SplitView split;

    private KeptViews(Statement statement, Window window, String store, List<String> questions, Pieces pieces)
            throws SQLException {
        this.statement = statement;
        this.window = window;
        this.store = store;
        this.questions = questions;
        this.texts = RepeatedTexts.in(statement);
        this.pieces = pieces;
    }

    /**
     * Makes them all.
     *
     * @param views that the questions read
     * @param store the database that takes the tables
     * @param questions what will be asked, as SQL
     * @param pieces of the recording
     * @return what is left to do before each question
     */
    static QueryViews create(
            Statement statement, List<View> views, Window window, String store, List<String> questions, Pieces pieces)
            throws SQLException {
        return new KeptViews(statement, window, store, questions, pieces).create(views);
    }

    private QueryViews create(List<View> views) throws SQLException {
        List<View> toCome = new ArrayList<>(views);
        while (!toCome.isEmpty()) {
            View view = toCome.remove(0);
            if (split != null) {
                split.createFor(view.sql(), statement);
            }
            statement.execute(view.sql());
            if (view.isKept()) {
                keep(view, columns(view, toCome));
            } else if (view.addsKeptColumns()) {
                split(view, named(views, view.base().orElseThrow()), toCome);
                continue;
            }
            view.cut(statement, window);
        }
        return split == null ? ViewsOnDemand.none() : split;
    }

    private void keep(View view, List<String> columns) throws SQLException {
        String table = store + "." + view.name();
        if (view.isMadeInPieces()) {
            pieces.keep(view.name(), table, columns, texts);
        } else {
            statement.execute(
                    "CREATE TABLE " + table + " AS SELECT " + String.join(", ", columns) + " FROM " + view.name());
        }
        statement.execute(
                "CREATE OR REPLACE TEMPORARY VIEW " + view.name() + " AS SELECT *, rowid AS kept_row FROM " + table);
    }

    /**
     * Columns that look at other rows want them sorted, and sorting all other columns along would cost more than all else. So they are
     * made by themselves, and put back into the order of the others.
     *
     * @param base to which the view adds them, and which itself adds columns to a table
     */
    private void split(View view, View base, List<View> toCome) throws SQLException {
        List<String> others = View.columnsOf(statement, base.name());
        others.remove("kept_row");
        List<String> own = columns(view, toCome);
        own.removeAll(others);
        if (own.isEmpty()) {
            view.cut(statement, window);
            return;
        }
        String names = String.join(", ", own);
        String table = base.base().orElseThrow();
        String beside = store + ".beside_" + table;
        // In two steps: what sorting by neighbours holds would not fit into the memory beside what sorting back holds.
        String unordered = store + ".unordered";
        statement.execute(
                "CREATE TABLE " + unordered + " AS SELECT kept_row AS row_beside, " + names + " FROM " + view.name());
        // Else DuckDB may write sorted rows in another order, and sometimes does where the machine is busy.
        statement.execute("SET preserve_insertion_order = true");
        statement.execute("CREATE TABLE " + beside + " AS SELECT * FROM " + unordered + " ORDER BY row_beside");
        statement.execute("SET preserve_insertion_order = false");
        statement.execute("DROP TABLE " + unordered);
        // Of the tables themselves: on its way from a view to the join DuckDB may put a small part of the rows off
        // until the end.
        String rows = store + "." + table + " AS kept POSITIONAL JOIN " + beside;
        requireSameOrder(rows);
        String all = String.join(", ", others);
        split = new SplitView(
                view.name(),
                own,
                "SELECT " + all + " FROM " + base.name() + view.condition(window),
                "WITH " + table + " AS (SELECT * FROM " + rows + ") SELECT " + all + ", " + names + " FROM ("
                        + base.select() + ")" + view.condition(window));
    }

    /** Rows of one table beside those of another would give wrong figures, and nobody would see it. */
    private void requireSameOrder(String rows) throws SQLException {
        try (ResultSet counted = statement.executeQuery(
                "SELECT count(*) FROM " + rows + " WHERE kept.rowid IS DISTINCT FROM row_beside")) {
            counted.next();
            if (counted.getLong(1) > 0) {
                throw new IllegalStateException("these are not in the same order: " + rows);
            }
        }
    }

    private static View named(List<View> views, String name) {
        return views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> columns(View view, List<View> toCome) throws SQLException {
        List<String> columns = asked(View.columnsOf(statement, view.name()), view, toCome, questions);
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
        List<String> names = new ArrayList<>(List.of(view.name()));
        toCome.stream()
                .filter(other -> other.base().filter(names::contains).isPresent())
                .forEach(other -> names.add(other.name()));
        return asksForAll(text, names);
    }

    /** Whether this SQL has a {@code SELECT *} from one of these views. */
    static boolean asksForAll(String sql, List<String> views) {
        return Pattern.compile("(select|distinct|,|\\.)\\s*\\*((?!\\bfrom\\b)[^()])*\\bfrom\\s+("
                        + String.join("|", views) + ")\\b")
                .matcher(bare(sql))
                .find();
    }

    /** In lower case, and a few too many: also names of columns that other tables have too. */
    static Set<String> words(List<View> toCome, List<String> questions) {
        Set<String> words = new HashSet<>();
        Stream.concat(questions.stream(), toCome.stream().map(View::sql))
                .map(KeptViews::bare)
                .forEach(sql -> words.addAll(List.of(NOT_A_WORD.split(sql))));
        return words;
    }

    /** In lower case, without its comments and texts. */
    static String bare(String sql) {
        return COMMENT_OR_TEXT.matcher(sql).replaceAll(" ${name}").toLowerCase(Locale.ROOT);
    }
}
