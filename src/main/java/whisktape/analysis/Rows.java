package whisktape.analysis;

import java.util.Iterator;
import java.util.List;

/**
 * A result being read. A value is a Long, BigInteger, BigDecimal, Double or Boolean, a String, an Instant, a byte array, a
 * List or a Map of these; or null, where SQL says so.
 */
public interface Rows extends Iterator<List<Object>>, AutoCloseable {
    List<Column> columns();

    @Override
    void close();
}
