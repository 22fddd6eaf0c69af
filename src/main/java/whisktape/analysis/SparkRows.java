package whisktape.analysis;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;
import whisktape.WhisktapeException;

/** A result of Spark, one partition of it at a time. */
final class SparkRows implements Rows {
    private final List<Column> columns;
    private final Iterator<Row> rows;
    private final Function<Exception, WhisktapeException> failure;

    SparkRows(Dataset<Row> result, Function<Exception, WhisktapeException> failure) {
        this.failure = failure;
        columns = Arrays.stream(result.schema().fields())
                .map(field -> new Column(field.name(), field.dataType() instanceof NumericType))
                .toList();
        rows = result.toLocalIterator();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (Exception e) {
            throw failure.apply(e);
        }
    }

    @Override
    public List<Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return plain(rows.next());
        } catch (Exception e) {
            throw failure.apply(e);
        }
    }

    /** What is not read is not computed. */
    @Override
    public void close() {}

    private static List<Object> plain(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(plain(row.get(i)));
        }
        return Collections.unmodifiableList(values);
    }

    private static Object plain(Object value) {
        if (value instanceof Float number) {
            // With its own digits, not with those of the nearest double.
            return Double.parseDouble(number.toString());
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof Row struct) {
            return map(struct);
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            CollectionConverters.asJava(map).forEach((key, entry) -> entries.put(String.valueOf(key), plain(entry)));
            return entries;
        }
        if (value instanceof scala.collection.Iterable<?> list) {
            List<Object> elements = new ArrayList<>();
            CollectionConverters.asJava(list).forEach(element -> elements.add(plain(element)));
            return elements;
        }
        return isPlain(value) ? value : value.toString();
    }

    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof BigDecimal
                || value instanceof Instant
                || value instanceof byte[];
    }

    private static Map<String, Object> map(Row struct) {
        Map<String, Object> map = new LinkedHashMap<>();
        StructField[] fields = struct.schema().fields();
        for (int i = 0; i < fields.length; i++) {
            map.put(fields[i].name(), plain(struct.get(i)));
        }
        return map;
    }
}
