package whisktape.analysis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import whisktape.WhisktapeException;

/** A result of DuckDB. */
final class DuckRows implements Rows {
    private final Statement statement;
    private final ResultSet result;
    private final SqlValues values;
    private final List<Column> columns;
    private final Function<SQLException, WhisktapeException> failure;
    private boolean isAtNext;

    DuckRows(Connection connection, String sql, Function<SQLException, WhisktapeException> failure)
            throws SQLException {
        this.failure = failure;
        statement = connection.createStatement();
        try {
            result = run(connection, statement, sql);
            values = new SqlValues(result.getMetaData());
            columns = columns(result.getMetaData());
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        try {
            if (!isAtNext) {
                isAtNext = result.next();
            }
            return isAtNext;
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public List<Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        isAtNext = false;
        try {
            return values.row(result);
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public void close() {
        try (statement) {
            result.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a result", e);
        }
    }

    private static ResultSet run(Connection connection, Statement statement, String sql) throws SQLException {
        try {
            return statement.executeQuery(sql);
        } catch (SQLException e) {
            throw e.getMessage().contains("Invalid result set") ? reasonOf(connection, sql, e) : e;
        }
    }

    /**
     * What fails before the first row is there, DuckDB's driver reports without the reason when results are streamed. So it
     * runs once more in a way that keeps no rows.
     */
    private static SQLException reasonOf(Connection connection, String sql, SQLException withoutReason) {
        try (Statement again = connection.createStatement()) {
            again.execute("EXPLAIN ANALYZE " + sql);
            return withoutReason;
        } catch (SQLException e) {
            return e;
        }
    }

    private static List<Column> columns(ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new Column(metadata.getColumnLabel(i), SqlValues.isNumber(metadata.getColumnTypeName(i))));
        }
        return List.copyOf(columns);
    }
}
