package whisktape.analysis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/** Turns what JDBC gives into plain values. Timestamps without a zone are UTC, as the session is. */
final class SqlValues {
    private final int columns;
    private final boolean[] isLocalTime;

    SqlValues(ResultSetMetaData metadata) throws SQLException {
        columns = metadata.getColumnCount();
        isLocalTime = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            String type = metadata.getColumnTypeName(i + 1);
            isLocalTime[i] = type.startsWith("TIMESTAMP") && !type.endsWith("WITH TIME ZONE");
        }
    }

    static boolean isNumber(String type) {
        return type.startsWith("DECIMAL(")
                ? !type.endsWith("]")
                : switch (type) {
                    case "TINYINT",
                            "SMALLINT",
                            "INTEGER",
                            "BIGINT",
                            "HUGEINT",
                            "UTINYINT",
                            "USMALLINT",
                            "UINTEGER",
                            "UBIGINT",
                            "UHUGEINT",
                            "FLOAT",
                            "DOUBLE" -> true;
                    default -> false;
                };
    }

    /** The row at which the result stands. */
    List<Object> row(ResultSet result) throws SQLException {
        List<Object> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            row.add(plain(isLocalTime[i] ? result.getObject(i + 1, LocalDateTime.class) : result.getObject(i + 1)));
        }
        return Collections.unmodifiableList(row);
    }

    private static Object plain(Object value) throws SQLException {
        if (value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Number number) {
            return value instanceof Double || value instanceof Float ? decimal(number) : (Object) number.longValue();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        return value instanceof Timestamp time
                ? time.toLocalDateTime().toInstant(ZoneOffset.UTC)
                : plainOfSeveral(value);
    }

    private static Object plainOfSeveral(Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        if (value instanceof Array array) {
            return list((Object[]) array.getArray());
        }
        if (value instanceof DuckDBStruct struct) {
            return map(struct.getMap());
        }
        if (value instanceof Struct struct) {
            return list(struct.getAttributes());
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        return value.toString();
    }

    /** A float is shown with its own digits, not with those of the nearest double. */
    private static Double decimal(Number number) {
        return number instanceof Float ? (Double) Double.parseDouble(number.toString()) : (Double) number.doubleValue();
    }

    private static List<Object> list(Object[] elements) throws SQLException {
        List<Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(plain(element));
        }
        return list;
    }

    private static Map<String, Object> map(Map<?, ?> entries) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return map;
    }
}
