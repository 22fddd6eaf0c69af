package whisktape.analysis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** A recording in DuckDB, in this process. */
final class DuckAnalysis implements Analysis {
    private static final String KEPT = "kept";

    private final WorkFolder work;
    private final Connection connection;
    private final SelectOnly selectOnly;

    private DuckAnalysis(WorkFolder work, Connection connection) {
        this.work = work;
        this.connection = connection;
        this.selectOnly = new SelectOnly(connection);
    }

    static Analysis open(Recording recording, Window window) {
        return open((statement, work) -> {
            List<Path> files = createTables(statement, work, recording);
            Views.create(statement, window);
            return files;
        });
    }

    static Analysis openFor(List<String> questions, Recording recording, Window window) {
        return open((statement, work) -> {
            List<Path> files = createTables(statement, work, recording);
            attachStore(statement, work);
            Views.createAndKeep(statement, window, KEPT, questions);
            return files;
        });
    }

    static Analysis openRuns(List<String> questions, Runs runs, Function<Recording, Window> windows) {
        return open((statement, work) -> {
            attachStore(statement, work);
            List<Path> files = new ArrayList<>();
            RunViews views = new RunViews(statement, KEPT, questions, runs);
            for (Recording recording : runs.recordings()) {
                files.addAll(createTables(statement, work, recording));
                Views.create(statement, windows.apply(recording));
                views.keep(recording);
            }
            views.create();
            return files;
        });
    }

    private interface Tables {
        /** Makes them, and says which files they read. */
        List<Path> create(Statement statement, WorkFolder work) throws SQLException;
    }

    private static Analysis open(Tables tables) {
        WorkFolder work = WorkFolder.create();
        try {
            return new DuckAnalysis(work, connect(work, tables));
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    @Override
    public Rows query(String query, String sql) {
        selectOnly.require(sql);
        try {
            return new DuckRows(connection, sql, e -> failure(query, sql, e));
        } catch (SQLException e) {
            throw failure(query, sql, e);
        }
    }

    @Override
    public void close() {
        try (work) {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close DuckDB", e);
        }
    }

    private WhisktapeException failure(String query, String sql, SQLException e) {
        return SqlFailure.of(work, query, sql, e);
    }

    private static Connection connect(WorkFolder work, Tables tables) {
        Properties properties = new Properties();
        // Otherwise the whole result is held in memory before its first row is seen.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try {
                prepare(connection, work, tables);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlFailure.of(work, "the views", "", e);
        }
    }

    private static void prepare(Connection connection, WorkFolder work, Tables tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET memory_limit = '" + Memory.mebibytes() + "MiB'");
            statement.execute("SET temp_directory = " + literal(work.spilled()));
            lock(statement, tables.create(statement, work));
        }
    }

    /** A place for what is made once. */
    private static void attachStore(Statement statement, WorkFolder work) throws SQLException {
        // Every question says in which order it wants its rows.
        statement.execute("SET preserve_insertion_order = false");
        statement.execute("ATTACH " + literal(work.kept()) + " AS " + KEPT);
    }

    private static List<Path> createTables(Statement statement, WorkFolder work, Recording recording)
            throws SQLException {
        Path link = work.link(recording.folder());
        List<Path> files = new ArrayList<>();
        files.addAll(createTable(statement, work, recording, link, Segment.EVENTS));
        files.addAll(createTable(statement, work, recording, link, Segment.ACTIVATIONS));
        return files;
    }

    /** The segments of one table as they are, without any where the recording has none. */
    private static List<Path> createTable(
            Statement statement, WorkFolder work, Recording recording, Path link, String table) throws SQLException {
        List<Path> files = new ArrayList<>();
        for (Segment segment : recording.segments(table)) {
            if (files.isEmpty()) {
                // All others are read with its columns' types, and fail where theirs are not the same.
                recording.requireColumns(segment);
            }
            files.add(link.resolve(segment.file()));
        }
        if (files.isEmpty()) {
            Path empty = work.emptySegment(table);
            if (!Files.exists(empty)) {
                Recording.writeEmptySegment(empty, table);
            }
            files.add(empty);
        }
        // Recordings of format 1 have no shapes: each value is there.
        boolean lacksShapes = table.equals(Segment.EVENTS)
                && recording.manifest().format() == 1
                && !recording.segments(table).isEmpty();
        // Folders named like a=b are the user's, not partitions of a table.
        statement.execute("CREATE OR REPLACE VIEW recorded_" + table + " AS SELECT *"
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
        return files.stream().map(DuckAnalysis::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }
}
