package whisktape.analysis;

import java.sql.Connection;
import java.sql.SQLException;

/** Views that wait for a query to need them. */
interface QueryViews {
    /** Makes what this SQL reads, as far as its words tell. */
    void createFor(String sql, Connection connection) throws SQLException;

    /** Makes all that are missing; false if none is. */
    boolean createAll(Connection connection) throws SQLException;
}
