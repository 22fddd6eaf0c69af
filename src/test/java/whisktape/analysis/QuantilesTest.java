package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles of counted values, and those taken at once, against DuckDB's own, to the last bit. */
class QuantilesTest {
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        Quantiles.prepare(statement);
        // Groups of 1 to some hundred rows, with many ties, gaps, nulls and negative numbers.
        statement.execute("CREATE TABLE calls AS SELECT CAST(floor(sqrt(n)) AS BIGINT) AS g,"
                + " CASE WHEN n % 7 <> 0 THEN CAST(hash(n) % (1 + n % 1000) AS BIGINT) - 20 END AS ms, hash(n) % 3 = 0 AS is_cold"
                + " FROM range(20000) AS r(n)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)",
                "percentile_cont(0.25) WITHIN GROUP (ORDER BY ms)",
                "percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)",
                "percentile_cont(0) WITHIN GROUP (ORDER BY ms)",
                "percentile_cont(1) WITHIN GROUP (ORDER BY ms)",
                "percentile_cont(0.95) WITHIN GROUP (ORDER BY ms)\n FILTER (WHERE is_cold AND (ms > 3 OR ms < 0))",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN is_cold THEN (ms + 1) * 2 END)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY ms / 4.0)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE false)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) filter (where ':-)' <> ')' AND is_cold)",
                "percentile_cont(0.9) WITHIN GROUP (ORDER BY ms) - percentile_cont(0.25) WITHIN GROUP (ORDER BY ms)"
                        + " + percentile_cont(0.25) WITHIN GROUP (ORDER BY ms) FILTER (WHERE is_cold)"
            })
    void givesWhatDuckDbGives(String quantile) throws SQLException {
        String sql = "SELECT g, " + quantile + " AS q, count(*) AS n, round(" + quantile
                + ", 1) AS r FROM calls GROUP BY g ORDER BY g";

        for (String rewritten : List.of(Quantiles.counted(sql), Quantiles.shared(sql))) {
            assertThat(rewritten).doesNotContain("percentile_cont");
            assertThat(rows(rewritten)).isEqualTo(rows(sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms DESC) FROM calls",
                "SELECT percentile_cont([0.5, 0.9]) WITHIN GROUP (ORDER BY ms) FROM calls",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms",
                "SELECT main.percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM calls",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms -- :-)\n) FROM calls",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) /* cold */ FILTER (WHERE is_cold) FROM calls",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY \"m)s\") FROM calls",
                "-- percentile_cont(0.5) WITHIN GROUP (ORDER BY x)\nSELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM calls",
                "SELECT 'percentile_cont(0.5) WITHIN GROUP (ORDER BY x)' FROM calls",
                "SELECT percentile_cont(0..5) WITHIN GROUP (ORDER BY ms) FROM calls",
                "SELECT ms FROM calls"
            })
    void leavesWhatItDoesNotKnow(String sql) {
        assertThat(Quantiles.counted(sql)).isEqualTo(sql);
        assertThat(Quantiles.shared(sql)).isEqualTo(sql);
    }

    @Test
    void takesAllSharesOfTheSameValuesAtOnce() {
        assertThat(
                        Quantiles.shared(
                                "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95,"
                                        + " percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50,"
                                        + " percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE is_cold) AS w FROM calls"))
                .isEqualTo(
                        "SELECT (quantile_cont(ms, [0.5, 0.95]))[2] AS p95, (quantile_cont(ms, [0.5, 0.95]))[1] AS p50,"
                                + " (quantile_cont(wait_ms, [0.5]) FILTER (WHERE is_cold))[1] AS w FROM calls");
    }

    @Test
    void knowsEveryQuantileOfTheQueries() {
        for (QueryFile query : QueryFile.list(Path.of("queries"))) {
            assertThat(Quantiles.counted(query.sql())).as(query.name()).doesNotContain("percentile_cont");
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3) + " "
                        + result.getString(4));
            }
        }
        return rows;
    }
}
