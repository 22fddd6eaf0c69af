package whisktape.recording;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column without lists, of one row group, for a reader that goes forward through the rows and looks at some of them only. What nobody
 * looks at is not unpacked; else some rows at a time are unpacked into arrays, few enough to stay in the processor's cache.
 *
 * <p>Damage shows as an exception of any kind.
 */
final class FlatColumn {
    private static final int NONE = -1;
    private static final int ROWS_AT_ONCE = 1024;

    private final ColumnChunk chunk;
    private final int constantIndex;
    private ColumnValues dictionary;
    private ColumnPage page;

    /** Rows of the page that are not unpacked yet. */
    private int left;

    /** The first of the rows that are unpacked, and the one behind their last. */
    private int from;

    private int until;

    /** Of each of these rows, where its value is; null where the first row has the first value, and so on. */
    private int[] indexes;

    /** What {@link #indexes} is, and what it is made from: used again, because to have fresh memory costs more than to unpack. */
    private int[] ofRows;

    private int[] ofValues;
    private int[] levels;

    private ColumnValues values;

    FlatColumn(ColumnChunk chunk) {
        this.chunk = chunk;
        Object constant = chunk.constant();
        if (constant instanceof Boolean flag) {
            constantIndex = flag ? 1 : 0;
            values = ColumnValues.FLAGS;
        } else {
            constantIndex = constant == null ? NONE : 0;
            values = constant == null ? null : ColumnValues.of(constant);
        }
    }

    /** Makes sure that the row can be read; a row before the one asked for last cannot. */
    boolean isThere(int row) {
        return index(row) != NONE;
    }

    /** Of a row that has one. */
    long number(int row) {
        int index = index(row);
        return values.number(index);
    }

    /** Null where the row has none. */
    byte[] copy(int row) {
        int index = index(row);
        return index == NONE ? null : values.copy(index);
    }

    /** Null where the row has none. */
    String text(int row) {
        int index = index(row);
        return index == NONE ? null : values.text(index);
    }

    /** False where the row has no value. */
    boolean appendTo(MessageBytes message, int row) {
        int index = index(row);
        if (index == NONE) {
            return false;
        }
        values.appendTo(message, index);
        return true;
    }

    /** Where the row's value is among {@link #values}, for who keeps something for each of them; -1 if it has none. */
    int index(int row) {
        if (chunk.isConstant()) {
            return constantIndex;
        }
        while (row >= until) {
            unpackNext();
        }
        return indexes == null ? row - from : indexes[row - from];
    }

    /** Those of the row asked for last and its neighbours, or the dictionary's. */
    ColumnValues values() {
        return values;
    }

    private void unpackNext() {
        while (left == 0) {
            openNextPage();
        }
        int rows = Math.min(left, ROWS_AT_ONCE);
        from = until;
        until += rows;
        left -= rows;
        if (ofRows == null) {
            ofRows = new int[ROWS_AT_ONCE];
            ofValues = new int[ROWS_AT_ONCE];
            levels = new int[ROWS_AT_ONCE];
        }
        int count = page.definitions() == null ? rows : readLevels(rows);
        boolean hasIndexes = unpack(count);
        if (count == rows) {
            indexes = hasIndexes ? ofValues : null;
        } else {
            spread(rows, hasIndexes);
            indexes = ofRows;
        }
    }

    /** They are 0 and 1; how many values are there. */
    private int readLevels(int rows) {
        page.definitions().next(levels, rows);
        int sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += levels[i];
        }
        return sum;
    }

    private void openNextPage() {
        if (page == null) {
            Dictionary found = chunk.dictionary();
            dictionary = found == null ? null : ColumnValues.of(chunk.column(), found);
        }
        page = chunk.nextPage();
        if (page == null) {
            throw chunk.endsEarly();
        }
        left = page.count();
    }

    /** The next values, so many; false where they stand one after the other, and have no indexes. */
    private boolean unpack(int count) {
        if (page.usesDictionary()) {
            values = dictionary;
            page.nextPlaces(ofValues, count);
            return true;
        }
        if (chunk.isOf(PrimitiveTypeName.BOOLEAN)) {
            values = ColumnValues.FLAGS;
            readFlags(count);
            return true;
        }
        values = ColumnValues.of(chunk.column(), page, count);
        return false;
    }

    private void readFlags(int count) {
        for (int i = 0; i < count; i++) {
            ofValues[i] = page.values().readBoolean() ? 1 : 0;
        }
    }

    /** From the indexes of values that are there to those of the rows. */
    private void spread(int rows, boolean hasIndexes) {
        int next = 0;
        for (int i = 0; i < rows; i++) {
            if (levels[i] == 0) {
                ofRows[i] = NONE;
            } else {
                ofRows[i] = hasIndexes ? ofValues[next] : next;
                next++;
            }
        }
    }
}
