package whisktape.analysis;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

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

    private Analysis(Recording recording, WorkFolder work, Connection connection) {
        this.recording = recording;
        this.work = work;
        this.connection = connection;
        this.selectOnly = new SelectOnly(connection);
    }

    /**
     * Opens a recording. Views are made anew for each query, only as far as it needs them.
     *
     * @throws WhisktapeException where a segment is missing or damaged
     */
    public static Analysis open(Recording recording) {
        return open(recording, Window.ALL);
    }

    /** The same for a part of its time. */
    public static Analysis open(Recording recording, Window window) {
        return open(recording, (statement, work) -> View.createAll(statement, window, dialect(recording)));
    }

    /**
     * Opens a recording for many queries: what most of them read is made once, in a file in the temp folder.
     *
     * @param questions all that will be asked, as SQL: columns that none of it names are not made
     */
    public static Analysis openFor(List<String> questions, Recording recording, Window window) {
        return open(recording, (statement, work) -> {
            // Every question says in which order it wants its rows.
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("ATTACH " + store(recording, work) + " AS " + KEPT);
            KeptViews.create(statement, window, dialect(recording), KEPT, questions);
        });
    }

    /** Packing takes as long as a few scans, and so pays only for what would not fit into the memory as it is. */
    private static String store(Recording recording, WorkFolder work) {
        return isLarge(recording) ? literal(work.kept()) : "':memory:'";
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
        void create(Statement statement, WorkFolder work) throws SQLException;
    }

    private static Analysis open(Recording recording, ViewsOf views) {
        WorkFolder work = WorkFolder.create(recording.folder());
        try {
            return new Analysis(recording, work, connect(recording, work, views));
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
            return new Rows(connection, sql, e -> failure(query, sql, e));
        } catch (SQLException e) {
            throw failure(query, sql, e);
        }
    }

    private WhisktapeException failure(String query, String sql, SQLException e) {
        return SqlFailure.of(recording, work, query, sql, e);
    }

    private static Connection connect(Recording recording, WorkFolder work, ViewsOf views) {
        Properties properties = new Properties();
        // Otherwise the whole result is held in memory before its first row is seen.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try {
                prepare(connection, recording, work, views);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlFailure.of(recording, work, "the views", "", e);
        }
    }

    private static void prepare(Connection connection, Recording recording, WorkFolder work, ViewsOf views)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET memory_limit = '" + Memory.mebibytes() + "MiB'");
            statement.execute("SET temp_directory = " + literal(work.spilled()));
            List<Path> files = new ArrayList<>();
            files.addAll(createTable(statement, recording, work, Segment.EVENTS));
            files.addAll(createTable(statement, recording, work, Segment.ACTIVATIONS));
            if (isLarge(recording)) {
                CountedQuantiles.prepare(statement);
            }
            views.create(statement, work);
            lock(statement, files);
        }
    }

    /** The segments of one table as they are, without any where the recording has none. */
    private static List<Path> createTable(Statement statement, Recording recording, WorkFolder work, String table)
            throws SQLException {
        List<Path> files = new ArrayList<>();
        for (Segment segment : recording.segments(table)) {
            if (files.isEmpty()) {
                // All others are read with its columns' types, and fail where theirs are not the same.
                recording.requireColumns(segment);
            }
            files.add(work.recording().resolve(segment.file()));
        }
        if (files.isEmpty()) {
            Path empty = work.emptySegment(table);
            Recording.writeEmptySegment(empty, table);
            files.add(empty);
        }
        // Recordings of format 1 have no shapes: each value is there.
        boolean lacksShapes = table.equals(Segment.EVENTS)
                && recording.manifest().format() == 1
                && !recording.segments(table).isEmpty();
        // Folders named like a=b are the user's, not partitions of a table.
        statement.execute("CREATE VIEW recorded_" + table + " AS SELECT *"
                + (lacksShapes ? ", CAST(NULL AS VARCHAR) AS shape" : "") + " FROM read_parquet(" + list(files)
                + ", hive_partitioning = false)");
        return files;
    }

    /** From here on this connection reads these files, spills, and cannot be talked out of it. */
    private static void lock(Statement statement, List<Path> files) throws SQLException {
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET autoload_known_extensions = false");
        statement.execute("SET allow_community_extensions = false");
        statement.execute("SET allowed_paths = " + list(files));
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
    }

    private static String list(List<Path> files) {
        return files.stream().map(Analysis::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }
}
