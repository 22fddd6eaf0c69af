package whisktape.analysis;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * DuckDB while it starts, on a thread of its own: its library, and the logging of the JVM that its driver asks for, take half of the time
 * in which a short question is answered, and what else has to be there before needs none of it.
 */
final class Connecting {
    private final FutureTask<Connection> task = new FutureTask<>(DuckDb::connect);

    private Connecting() {}

    static Connecting begin() {
        Connecting connecting = new Connecting();
        Thread thread = new Thread(connecting.task, "start DuckDB");
        thread.setDaemon(true);
        thread.start();
        return connecting;
    }

    /** Waits until it has started. */
    Connection connection() throws SQLException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot start DuckDB: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while DuckDB started", e);
        }
    }

    /** For who cannot go on, and has no use for a connection. */
    void abandon() {
        try {
            connection().close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close DuckDB", e);
        }
    }
}
