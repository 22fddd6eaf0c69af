package whisktape.recording;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import whisktape.EventField;
import whisktape.shapes.EventRows;

/**
 * A column of whole numbers, a page a row group. Whether it has a dictionary or differences is decided when all numbers are there: a
 * dictionary where they repeat, as most do.
 */
final class NumberBuffer extends ColumnBuffer {
    private static final int FEWEST = 64;
    private static final int MOST_DIFFERENT = 1 << 15;
    private static final int FIRST_SLAB_BYTES = 1 << 12;
    private static final int SLAB_BYTES = 1 << 20;

    private final boolean withDictionary;
    private final boolean wide;
    private final DifferentNumbers different = new DifferentNumbers();
    private final Levels places = new Levels();

    private long[] numbers = new long[FEWEST];
    private int count;
    private boolean usedDictionary;

    NumberBuffer(ColumnDescriptor column, boolean withDictionary, boolean withStatistics) {
        super(column, withStatistics);
        this.withDictionary = withDictionary;
        this.wide = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    @Override
    void write(long value, int repetition, int definition) {
        level(repetition, definition);
        makeRoom(1);
        numbers[count++] = value;
    }

    @Override
    void write(EventRows rows, EventField field) {
        beginRows(rows, field);
        if (rows.allHave(field)) {
            add(rows.numbers(field), rows.count());
        } else if (!rows.noneHas(field)) {
            addThose(rows, field);
        }
    }

    private void addThose(EventRows rows, EventField field) {
        long[] values = rows.numbers(field);
        makeRoom(rows.count());
        int end = count;
        for (int row = 0; row < rows.count(); row++) {
            numbers[end] = values[row];
            end += rows.has(field, row) ? 1 : 0;
        }
        count = end;
    }

    @Override
    void write(long[] values, int rows) {
        beginRows(rows);
        add(values, rows);
    }

    private void add(long[] values, int more) {
        makeRoom(more);
        System.arraycopy(values, 0, numbers, count, more);
        count += more;
    }

    @Override
    void writeSame(long value, int rows) {
        beginRows(rows);
        makeRoom(rows);
        Arrays.fill(numbers, count, count + rows, value);
        count += rows;
    }

    private void makeRoom(int more) {
        if (numbers.length - count < more) {
            numbers = Arrays.copyOf(numbers, Math.max(count + more, count + (count >> 1)));
        }
    }

    @Override
    BytesInput encoded() throws IOException {
        usedDictionary = withDictionary && count > 0 && findDifferent();
        return usedDictionary ? places.encodedPlaces(different.count()) : differences();
    }

    @Override
    Encoding encoding() {
        return usedDictionary ? Encoding.RLE_DICTIONARY : Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    void addBounds(Statistics<?> statistics) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, numbers[i]);
            most = Math.max(most, numbers[i]);
        }
        if (wide) {
            ((LongStatistics) statistics).setMinMax(least, most);
        } else {
            ((IntStatistics) statistics).setMinMax((int) least, (int) most);
        }
    }

    @Override
    void clear() {
        count = 0;
    }

    @Override
    DictionaryPage takeDictionary() {
        if (!usedDictionary) {
            return null;
        }
        usedDictionary = false;
        return new DictionaryPage(BytesInput.from(different.toBytes(wide)), different.count(), Encoding.PLAIN);
    }

    /** False where there are too many for a dictionary to pay. */
    private boolean findDifferent() {
        different.clear();
        places.clear();
        int most = Math.min(MOST_DIFFERENT, 1 + count / 2);
        for (int i = 0; i < count; i++) {
            places.add(different.placeOf(numbers[i]));
            if (different.count() > most) {
                return false;
            }
        }
        return true;
    }

    private BytesInput differences() {
        HeapByteBufferAllocator heap = HeapByteBufferAllocator.getInstance();
        ValuesWriter packed = wide
                ? new DeltaBinaryPackingValuesWriterForLong(FIRST_SLAB_BYTES, SLAB_BYTES, heap)
                : new DeltaBinaryPackingValuesWriterForInteger(FIRST_SLAB_BYTES, SLAB_BYTES, heap);
        for (int i = 0; i < count; i++) {
            if (wide) {
                packed.writeLong(numbers[i]);
            } else {
                packed.writeInteger((int) numbers[i]);
            }
        }
        return packed.getBytes();
    }
}
