package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.io.api.Binary;
import whisktape.EventField;
import whisktape.shapes.EventRows;
import whisktape.shapes.NumberedTexts;

/**
 * A column of texts or bytes. They have a dictionary until it becomes too large; from there on they are stored as they are, lengths
 * apart from the bytes: between random ids they would keep zstd from seeing that there are sixteen letters only.
 */
final class BytesBuffer extends ColumnBuffer {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int DICTIONARY_BYTES = 1 << 18;
    private static final int FIRST_SLAB_BYTES = 1 << 12;
    private static final int SLAB_BYTES = 1 << 16;
    private static final int FEWEST = 256;

    private final boolean withDictionary;
    private final DifferentTexts different = new DifferentTexts();
    private final Levels places = new Levels();
    private boolean usesDictionary;

    private byte[] bytes = new byte[FEWEST];
    private int end;

    /** Of each value, where it ends in the bytes. */
    private int[] ends = new int[FEWEST];

    private int count;

    BytesBuffer(ColumnDescriptor column, boolean withDictionary, boolean withStatistics) {
        super(column, withStatistics);
        this.withDictionary = withDictionary;
    }

    @Override
    void begin(PageWriter next) {
        super.begin(next);
        usesDictionary = withDictionary;
    }

    @Override
    void write(Binary value, int repetition, int definition) {
        level(repetition, definition);
        if (usesDictionary) {
            addPlaceOf(value);
        } else {
            append(value.getBytesUnsafe());
        }
    }

    @Override
    void write(String value, int repetition, int definition) {
        level(repetition, definition);
        if (usesDictionary) {
            addPlaceOf(value);
        } else {
            append(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    void write(EventRows rows, EventField field) {
        beginRows(rows, field);
        if (field == EventField.ACTIVATION_ID) {
            addActivationIds(rows);
        } else if (usesDictionary) {
            addPlaces(rows, field);
        } else {
            addTexts(rows, field);
        }
    }

    private void addActivationIds(EventRows rows) {
        int start = 0;
        for (int row = 0; row < rows.count(); row++) {
            int until = rows.activationIdEnds()[row];
            if (rows.has(EventField.ACTIVATION_ID, row)) {
                append(rows.activationIds(), start, until);
            }
            start = until;
        }
    }

    private void addPlaces(EventRows rows, EventField field) {
        int[] numbers = rows.places(field);
        int[] found = places.room(rows.count());
        int at = places.count();
        for (int row = 0; row < rows.count(); row++) {
            if (rows.has(field, row)) {
                found[at++] = different.placeOf(numbers[row], rows.texts());
            }
        }
        places.goTo(at);
        endLargeDictionary();
    }

    private void addTexts(EventRows rows, EventField field) {
        for (int row = 0; row < rows.count(); row++) {
            if (rows.has(field, row)) {
                append(rows.texts().bytes(rows.places(field)[row]));
            }
        }
    }

    @Override
    void write(int[] numbers, int rows, NumberedTexts texts) {
        beginRows(rows);
        for (int row = 0; row < rows; row++) {
            if (usesDictionary) {
                places.add(different.placeOf(numbers[row], texts));
            } else {
                append(texts.bytes(numbers[row]));
            }
        }
        endLargeDictionary();
    }

    @Override
    void writeSame(String value, int rows) {
        beginRows(rows);
        if (usesDictionary) {
            places.add(different.placeOf(value), rows);
            endLargeDictionary();
            return;
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        for (int row = 0; row < rows; row++) {
            append(text);
        }
    }

    @Override
    Encoding encoding() {
        return hasPlaces() ? Encoding.RLE_DICTIONARY : Encoding.DELTA_LENGTH_BYTE_ARRAY;
    }

    @Override
    BytesInput encoded() throws IOException {
        if (hasPlaces()) {
            return places.encodedPlaces(different.count());
        }
        DeltaBinaryPackingValuesWriterForInteger lengths = new DeltaBinaryPackingValuesWriterForInteger(
                FIRST_SLAB_BYTES, SLAB_BYTES, HeapByteBufferAllocator.getInstance());
        int start = 0;
        for (int i = 0; i < count; i++) {
            lengths.writeInteger(ends[i] - start);
            start = ends[i];
        }
        return BytesInput.concat(lengths.getBytes(), BytesInput.from(bytes, 0, end));
    }

    @Override
    void addBounds(Statistics<?> statistics) {
        if (hasPlaces()) {
            different.addTo(statistics);
            return;
        }
        int least = 0;
        int most = 0;
        for (int i = 1; i < count; i++) {
            if (compare(i, least) < 0) {
                least = i;
            } else if (compare(i, most) > 0) {
                most = i;
            }
        }
        statistics.updateStats(value(least));
        statistics.updateStats(value(most));
    }

    @Override
    void clear() {
        places.clear();
        count = 0;
        end = 0;
        usesDictionary &= different.sizeBytes() <= DICTIONARY_BYTES;
    }

    @Override
    DictionaryPage takeDictionary() {
        if (different.count() == 0) {
            return null;
        }
        DictionaryPage page =
                new DictionaryPage(BytesInput.from(different.toBytes()), different.count(), Encoding.PLAIN);
        different.clear();
        return page;
    }

    /** A reader wants a dictionary with the page then, and a page of nothing but nulls has none. */
    private boolean hasPlaces() {
        return usesDictionary && different.count() > 0;
    }

    private void addPlaceOf(Object value) {
        places.add(different.placeOf(value));
        endLargeDictionary();
    }

    private void endLargeDictionary() {
        if (different.sizeBytes() > DICTIONARY_BYTES) {
            pageIsFull();
        }
    }

    private void append(byte[] value) {
        append(value, 0, value.length);
    }

    private void append(byte[] from, int start, int until) {
        int length = until - start;
        if (length > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(end + (end >> 1), Math.addExact(end, length)));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        System.arraycopy(from, start, bytes, end, length);
        end += length;
        ends[count++] = end;
        if (end >= PAGE_BYTES) {
            pageIsFull();
        }
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(bytes, start(one), ends[one], bytes, start(other), ends[other]);
    }

    private int start(int value) {
        return value == 0 ? 0 : ends[value - 1];
    }

    private Binary value(int i) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, start(i), ends[i]));
    }
}
