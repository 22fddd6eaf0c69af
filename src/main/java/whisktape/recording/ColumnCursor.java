package whisktape.recording;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * The values of one column of a row group, one after the other: a {@link Long} for all numbers, a {@link Boolean}, a {@link Binary} that
 * nobody may change, or null where there is none. What stands in a dictionary is the same object each time.
 *
 * <p>parquet-java's readers decode each value when it is asked for. Damage shows as an exception of any kind.
 */
final class ColumnCursor {
    private final ColumnChunk chunk;
    private final ColumnDescriptor column;

    /** Null where the column has no dictionary. */
    private final Object[] dictionary;

    private int at;
    private int count;

    /** Of the page; null in a column without lists. */
    private int[] repetitions;

    /** Of the page; null in a column without nulls. */
    private int[] definitions;

    /** In the dictionary, of the values that are there; null where the page has its values itself. */
    private int[] places;

    private int place;
    private ValuesReader values;

    ColumnCursor(ColumnChunk chunk) {
        this.chunk = chunk;
        this.column = chunk.column();
        Dictionary found = chunk.isConstant() ? null : chunk.dictionary();
        this.dictionary = found == null ? null : entries(column, found);
    }

    ColumnDescriptor column() {
        return column;
    }

    /** The value here, and goes to the next one. */
    Object next() {
        if (chunk.isConstant()) {
            return chunk.constant();
        }
        if (at == count) {
            nextPage();
        }
        boolean isThere = definitions == null || definitions[at] == column.getMaxDefinitionLevel();
        at++;
        return isThere ? value() : null;
    }

    /** As {@link #next}, of a column that has a number in each row. */
    long nextNumber() {
        if (chunk.isConstant() || dictionary != null) {
            return (Long) next();
        }
        if (at == count) {
            nextPage();
        }
        at++;
        return number();
    }

    /** How far the value here is there, as Parquet counts it: the column's largest level where it is. */
    int definition() {
        if (chunk.isConstant()) {
            return chunk.constant() == null ? 0 : column.getMaxDefinitionLevel();
        }
        if (at == count) {
            nextPage();
        }
        return definitions == null ? column.getMaxDefinitionLevel() : definitions[at];
    }

    /** True if the value here is another one of the same list as the one before; false at the end. */
    boolean isOfSameList() {
        if (chunk.isConstant() || at == count && !hasNextPage()) {
            return false;
        }
        return repetitions != null && repetitions[at] > 0;
    }

    private Object value() {
        if (places != null) {
            return dictionary[places[place++]];
        }
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32, INT64 -> number();
            case BOOLEAN -> values.readBoolean();
            default -> values.readBytes();
        };
    }

    private long number() {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> values.readInteger();
            default -> values.readLong();
        };
    }

    private void nextPage() {
        if (!hasNextPage()) {
            throw chunk.endsEarly();
        }
    }

    private boolean hasNextPage() {
        ColumnPage page = chunk.nextPage();
        if (page == null) {
            return false;
        }
        at = 0;
        place = 0;
        count = page.count();
        repetitions = page.repetitions() == null ? null : page.repetitions().next(count);
        definitions = page.definitions() == null ? null : page.definitions().next(count);
        places = page.usesDictionary() ? page.nextPlaces(valueCount()) : null;
        values = page.usesDictionary() ? null : page.values();
        return true;
    }

    private int valueCount() {
        if (definitions == null) {
            return count;
        }
        int there = 0;
        for (int level : definitions) {
            if (level == column.getMaxDefinitionLevel()) {
                there++;
            }
        }
        return there;
    }

    private static Object[] entries(ColumnDescriptor column, Dictionary dictionary) {
        Object[] entries = new Object[dictionary.getMaxId() + 1];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                case INT32 -> (long) dictionary.decodeToInt(i);
                case INT64 -> dictionary.decodeToLong(i);
                case BOOLEAN -> dictionary.decodeToBoolean(i);
                default ->
                    Binary.fromConstantByteArray(dictionary.decodeToBinary(i).getBytes());
            };
        }
        return entries;
    }
}
