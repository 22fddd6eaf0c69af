package whisktape.analysis;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/**
 * A recording opened for SQL: {@code recorded_events} and {@code recorded_activations} as the segments hold them, and the
 * views of {@code queries/views.sql}.
 *
 * <p>Not for use by several threads, and one query at a time.
 */
public final class Analysis implements AutoCloseable {
    private static final String KEPT = "kept";

    /** Of events and activations together; a row of the joined table takes 200 bytes. */
    private static final long SMALL_ROWS = 4_000_000;

    private final Recording recording;
    private final WorkFolder work;
    private final Connection connection;
    private final SelectOnly selectOnly;
    private final ViewsOnDemand views;

    private Analysis(Recording recording, WorkFolder work, Connection connection, ViewsOnDemand views) {
        this.recording = recording;
        this.work = work;
        this.connection = connection;
        this.selectOnly = new SelectOnly(connection);
        this.views = views;
    }

    /**
     * Opens a recording. Tables and views are made when a query needs them, which throws {@link WhisktapeException} where a segment is
     * missing or damaged.
     */
    public static Analysis open(Recording recording) {
        return open(recording, Window.ALL);
    }

    /** The same for a part of its time. */
    public static Analysis open(Recording recording, Window window) {
        return open(
                recording, (statement, work, tables) -> ViewsOnDemand.of(tables, View.all(dialect(recording)), window));
    }

    /**
     * Opens a recording for many queries: what most of them read is made once, as tables.
     *
     * @param questions all that will be asked, as SQL: columns that none of it names are not made
     * @throws WhisktapeException where a segment is missing or damaged
     */
    public static Analysis openFor(List<String> questions, Recording recording, Window window) {
        return open(recording, (statement, work, tables) -> {
            // Every question says in which order it wants its rows.
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("ATTACH " + store(recording, work) + " AS " + KEPT);
            tables.create(statement);
            KeptViews.create(statement, View.all(dialect(recording)), window, KEPT, questions);
            return ViewsOnDemand.none();
        });
    }

    /** Packing takes as long as a few scans, and so pays only for what would not fit into the memory as it is. */
    private static String store(Recording recording, WorkFolder work) {
        return isLarge(recording) ? SqlText.literal(work.kept()) : "':memory:'";
    }

    /** Counting values saves memory; DuckDB thinks longer about a query that does. */
    private static UnaryOperator<String> dialect(Recording recording) {
        return isLarge(recording) ? CountedQuantiles::in : UnaryOperator.identity();
    }

    private static boolean isLarge(Recording recording) {
        return recording.segments().stream()
                        .mapToLong(segment -> segment.counts().rows())
                        .sum()
                > SMALL_ROWS;
    }

    private interface ViewsOf {
        /** Before the connection is locked; gives those that are to be made later. */
        ViewsOnDemand prepare(Statement statement, WorkFolder work, RecordedTables tables) throws SQLException;
    }

    private static Analysis open(Recording recording, ViewsOf views) {
        WorkFolder work = WorkFolder.create(recording.folder());
        try {
            return connect(recording, work, views);
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    /** Runs one SELECT. Rows come as they are found; a result of any size needs little memory here. */
    public Rows query(String sql) {
        return rows("the query", sql);
    }

    /** Runs a query with these values for its variables, and the defaults for the others. */
    public Rows query(QueryFile query, Map<String, String> values) {
        String sql = query.sql(values);
        // What somebody typed keeps the names of its columns.
        return rows(
                query.label(), query.name().isEmpty() ? sql : dialect(recording).apply(sql));
    }

    /** The offsets of the events for which this condition over the view {@code events}, there named e, is true. */
    public OffsetSet offsetsWhere(String condition) {
        // On a line of its own the condition may end in a comment.
        return places("SELECT e.incarnation, e.partition, e.offset FROM events e WHERE (\n" + condition + "\n)");
    }

    /** The changes of the database for which this is true, as offsets of partition 0; a condition over {@code recorded_activations}. */
    public OffsetSet changesWhere(String condition) {
        return places(
                "SELECT a.incarnation, 0, a.change_number FROM recorded_activations a WHERE (\n" + condition + "\n)");
    }

    private OffsetSet places(String sql) {
        OffsetSet offsets = new OffsetSet();
        try (Rows rows = query(sql)) {
            while (rows.hasNext()) {
                List<Object> row = rows.next();
                offsets.add(
                        ((Number) row.get(0)).intValue(),
                        ((Number) row.get(1)).intValue(),
                        ((Number) row.get(2)).longValue());
            }
        }
        return offsets;
    }

    @Override
    public void close() {
        try (work) {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close DuckDB", e);
        }
    }

    private Rows rows(String query, String sql) {
        selectOnly.require(sql);
        try {
            views.createFor(sql, connection);
        } catch (SQLException e) {
            throw failureOfViews(recording, work, e);
        }
        try {
            return new Rows(connection, sql, e -> failure(query, sql, e));
        } catch (SQLException e) {
            return withAllViews(query, sql, e);
        }
    }

    /** A name may have been put together by the SQL; and where it is a wrong one, DuckDB says which would be right. */
    private Rows withAllViews(String query, String sql, SQLException first) {
        try {
            if (!views.createAll(connection)) {
                throw failure(query, sql, first);
            }
        } catch (SQLException e) {
            throw failureOfViews(recording, work, e);
        }
        return rows(query, sql);
    }

    private WhisktapeException failure(String query, String sql, SQLException e) {
        return SqlFailure.of(recording, work, query, sql, e);
    }

    private static WhisktapeException failureOfViews(Recording recording, WorkFolder work, SQLException e) {
        return SqlFailure.of(recording, work, "the views", "", e);
    }

    private static Analysis connect(Recording recording, WorkFolder work, ViewsOf views) {
        try {
            Connection connection = DuckDb.connect();
            try {
                return new Analysis(recording, work, connection, prepare(connection, recording, work, views));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failureOfViews(recording, work, e);
        }
    }

    private static ViewsOnDemand prepare(Connection connection, Recording recording, WorkFolder work, ViewsOf views)
            throws SQLException {
        RecordedTables tables = new RecordedTables(recording, work);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET memory_limit = '" + Memory.mebibytes() + "MiB'");
            statement.execute("SET temp_directory = " + SqlText.literal(work.spilled()));
            if (isLarge(recording)) {
                CountedQuantiles.prepare(statement);
            }
            ViewsOnDemand later = views.prepare(statement, work, tables);
            lock(statement, tables.files());
            return later;
        }
    }

    /** From here on this connection reads these files, spills, and cannot be talked out of it. */
    private static void lock(Statement statement, List<Path> files) throws SQLException {
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET autoload_known_extensions = false");
        statement.execute("SET allow_community_extensions = false");
        statement.execute("SET allowed_paths = " + SqlText.literals(files));
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
    }
}
