package whisktape.analysis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import whisktape.WhisktapeException;

/**
 * Lets a single SELECT pass. DuckDB's own lock bounds where a statement reads and writes, but what it may read it may also
 * write, so that COPY could overwrite a sealed segment; and since DuckDB 2 a COPY may stand inside of a SELECT.
 */
final class SelectOnly {
    /** DuckDB's own parser tells what a text is, without running it. It serializes only what SELECT, FROM, WITH … begin. */
    private static final String WHAT_IS_IT = """
            WITH parsed AS (SELECT json_serialize_sql(?) AS tree)
            SELECT
              json_array_length(tree, '$.statements') AS statements,
              coalesce(tree ->> '$.error_type' = 'not implemented', false) AS is_no_select,
              EXISTS (
                SELECT 1
                FROM json_tree(tree) AS node
                WHERE (node.key = 'type'
                       AND node.value ->> '$' LIKE '%\\_NODE' ESCAPE '\\'
                       AND node.value ->> '$' NOT IN ('SELECT_NODE', 'SET_OPERATION_NODE', 'RECURSIVE_CTE_NODE', 'CTE_NODE'))
                   OR (node.key = 'function_name' AND node.value ->> '$' = 'json_execute_serialized_sql')
              ) AS writes
            FROM parsed""";

    private final Connection connection;

    SelectOnly(Connection connection) {
        this.connection = connection;
    }

    /** Passes what cannot be parsed too: running it gives the better message. */
    void require(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(WHAT_IS_IT)) {
            statement.setString(1, sql);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                require(found);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot tell what it is: " + sql, e);
        }
    }

    private static void require(ResultSet found) throws SQLException {
        if (found.getBoolean("is_no_select") || found.getBoolean("writes")) {
            throw WhisktapeException.refused("a recording is only read: SQL takes SELECT, and WITH, FROM, VALUES,"
                    + " DESCRIBE, SUMMARIZE or SHOW, which are SELECT too");
        }
        int statements = found.getInt("statements");
        if (!found.wasNull() && statements != 1) {
            throw WhisktapeException.refused(
                    statements == 0
                            ? "there is no SQL in what was given"
                            : "SQL takes one statement, and these are " + statements);
        }
    }
}
