package whisktape.analysis;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** DuckDB in this process, empty and in memory. */
final class DuckDb {
    private DuckDb() {}

    static Connection connect() throws SQLException {
        keepFlightRecorderOut();
        Properties properties = new Properties();
        // Otherwise the whole result is held in memory before its first row is seen.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        // Not by way of the DriverManager, which would look into every jar for the drivers of others.
        return new DuckDBDriver().connect("jdbc:duckdb:", properties);
    }

    /**
     * The driver announces an event of its own to Java's flight recorder, and for that the JVM sets up all of the recorder. It takes longer
     * than everything else between the start and the first row, there is no setting against it, and nobody records these. So the driver
     * is told that it has done so already.
     */
    private static void keepFlightRecorderOut() {
        try {
            Field isDone = Class.forName("org.duckdb.DuckDBMemoryMonitor").getDeclaredField("initialized");
            isDone.setAccessible(true);
            isDone.setBoolean(null, true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the driver of DuckDB that whisktape was built with", e);
        }
    }
}
