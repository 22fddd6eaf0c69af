package whisktape.analysis;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/** Recordings in DuckDB, in this process. */
final class DuckAnalysis implements Analysis {
    private static final String KEPT = "kept";

    /** Of events and activations together; a row of the joined table takes 200 bytes. */
    private static final long SMALL_ROWS = 4_000_000;

    /** Beyond so many of them what quantiles hold, 8 bytes a row for each of some columns, would be too much. */
    private static final long HELD_ROWS = 40_000_000;

    private final WorkFolder work;
    private final Connection connection;
    private final SelectOnly selectOnly;
    private final QueryViews views;
    private final UnaryOperator<String> dialect;

    private DuckAnalysis(WorkFolder work, Connection connection, QueryViews views, UnaryOperator<String> dialect) {
        this.dialect = dialect;
        this.work = work;
        this.connection = connection;
        this.selectOnly = new SelectOnly(connection);
        this.views = views;
    }

    static Analysis open(Recording recording, Window window) {
        return open(rows(recording), (statement, work, all) -> {
            RecordedTables tables = new RecordedTables(recording, work);
            return new Prepared(tables.files(), ViewsOnDemand.of(tables, all, window));
        });
    }

    static Analysis openFor(List<String> questions, Recording recording, Window window) {
        return openFor(questions, recording, window, rows(recording) / Pieces.ROWS);
    }

    /** @param pieces in how many to join it, about */
    static Analysis openFor(List<String> questions, Recording recording, Window window, long pieces) {
        return open(rows(recording), (statement, work, all) -> {
            // Packing takes as long as a few scans, and so pays only for what would not fit into the memory as it is.
            attachStore(statement, isLarge(recording) ? SqlText.literal(work.kept()) : "':memory:'");
            RecordedTables tables = new RecordedTables(recording, work);
            tables.create(statement);
            List<View> asked = AskedViews.read(questions, all);
            QueryViews views =
                    KeptViews.create(statement, asked, window, KEPT, questions, Pieces.of(statement, pieces));
            return new Prepared(tables.files(), views);
        });
    }

    static Analysis openRuns(List<String> questions, Runs runs, Function<Recording, Window> windows) {
        long rows = runs.recordings().stream().mapToLong(DuckAnalysis::rows).sum();
        return open(rows, (statement, work, all) -> {
            attachStore(statement, SqlText.literal(work.kept()));
            List<Path> files = new ArrayList<>();
            RunViews views = new RunViews(statement, KEPT, questions, runs);
            for (Recording recording : runs.recordings()) {
                RecordedTables tables = new RecordedTables(recording, work);
                tables.create(statement);
                files.addAll(tables.files());
                for (View view : AskedViews.read(questions)) {
                    view.create(statement, windows.apply(recording));
                }
                views.keep(recording);
            }
            views.create();
            return new Prepared(files, ViewsOnDemand.none());
        });
    }

    /**
     * What stands when the connection is locked.
     *
     * @param files all that may be read from then on
     * @param later views that are still to be made
     */
    private record Prepared(List<Path> files, QueryViews later) {}

    private interface Preparation {
        Prepared on(Statement statement, WorkFolder work, List<View> all) throws SQLException;
    }

    private static boolean isLarge(Recording recording) {
        return rows(recording) > SMALL_ROWS;
    }

    private static long rows(Recording recording) {
        return recording.segments().stream()
                .mapToLong(segment -> segment.counts().rows())
                .sum();
    }

    private static Analysis open(long rows, Preparation preparation) {
        Connecting connecting = Connecting.begin();
        WorkFolder work;
        try {
            work = WorkFolder.create();
        } catch (RuntimeException e) {
            connecting.abandon();
            throw e;
        }
        try {
            return connect(connecting, work, rows > HELD_ROWS, preparation);
        } catch (RuntimeException e) {
            work.close();
            throw e;
        }
    }

    @Override
    public Rows query(QueryFile query, Map<String, String> values) {
        String sql = query.sql(values);
        // What somebody typed keeps the names of its columns, and its types.
        return query(query.label(), query.header().columns().isEmpty() ? sql : dialect.apply(sql));
    }

    @Override
    public Rows query(String query, String sql) {
        selectOnly.require(sql);
        try {
            views.createFor(sql, connection);
        } catch (SQLException e) {
            throw failureOfViews(work, e);
        }
        try {
            return new DuckRows(connection, sql, e -> failure(query, sql, e));
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
            throw failureOfViews(work, e);
        }
        return query(query, sql);
    }

    private WhisktapeException failure(String query, String sql, SQLException e) {
        return SqlFailure.of(work, query, sql, e);
    }

    private static WhisktapeException failureOfViews(WorkFolder work, SQLException e) {
        return SqlFailure.of(work, "the views", "", e);
    }

    private static Analysis connect(Connecting connecting, WorkFolder work, boolean counts, Preparation preparation) {
        // All that needs no connection, while it is made.
        UnaryOperator<String> dialect = counts ? Quantiles::counted : Quantiles::shared;
        List<View> all = View.all(dialect);
        long mebibytes = Memory.mebibytes();
        try {
            Connection connection = connecting.connection();
            try (Statement statement = connection.createStatement()) {
                prepare(statement, work, mebibytes, counts);
                Prepared prepared = preparation.on(statement, work, all);
                lock(statement, prepared.files());
                return new DuckAnalysis(work, connection, prepared.later(), dialect);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failureOfViews(work, e);
        }
    }

    private static void prepare(Statement statement, WorkFolder work, long mebibytes, boolean counts)
            throws SQLException {
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET memory_limit = '" + mebibytes + "MiB'");
        statement.execute("SET temp_directory = " + SqlText.literal(work.spilled()));
        if (counts) {
            Quantiles.prepare(statement);
        }
    }

    /** A place for what is made once. */
    private static void attachStore(Statement statement, String store) throws SQLException {
        // Every question says in which order it wants its rows.
        statement.execute("SET preserve_insertion_order = false");
        // It takes groups for more than the rows that they are made of, and would hash all calls to look up a
        // median. Queries have the smaller side on the right.
        statement.execute("SET disabled_optimizers = 'build_side_probe_side'");
        // To try these on the ids of activations takes a third of what packing a table takes.
        statement.execute("SET disabled_compression_methods = 'dict_fsst,zstd'");
        statement.execute("ATTACH " + store + " AS " + KEPT);
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

    @Override
    public void close() {
        try (work) {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close DuckDB", e);
        }
    }
}
