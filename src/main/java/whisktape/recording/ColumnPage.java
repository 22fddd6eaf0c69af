package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** One page of a column: levels, and values or their places in the dictionary, each to be read once from its beginning. */
final class ColumnPage {
    private final ColumnDescriptor column;
    private final Encoding encoding;
    private final int count;
    private final RunLengths repetitions;
    private final RunLengths definitions;

    /** Behind the levels. */
    private final ByteBuffer bytes;

    /** Null until a value is asked for, as the next ones. */
    private RunLengths places;

    private ValuesReader values;

    /** Where the next text begins whose length {@link #values} gives. */
    private int nextText;

    private ColumnPage(ColumnDescriptor column, Encoding encoding, int count, ByteBuffer bytes) {
        this.column = column;
        this.encoding = encoding;
        this.count = count;
        this.bytes = bytes;
        this.repetitions = levels(column.getMaxRepetitionLevel());
        this.definitions = levels(column.getMaxDefinitionLevel());
    }

    static ColumnPage of(ColumnDescriptor column, DataPageV1 page) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Zstd.arrayOf(page.getBytes())).order(ByteOrder.LITTLE_ENDIAN);
        return new ColumnPage(column, page.getValueEncoding(), page.getValueCount(), bytes);
    }

    /** Values and nulls. */
    int count() {
        return count;
    }

    /** Null in a column without lists. */
    RunLengths repetitions() {
        return repetitions;
    }

    /** Null in a column without nulls. */
    RunLengths definitions() {
        return definitions;
    }

    /** True if the page has places of values, else it has the values. */
    boolean usesDictionary() {
        return encoding.usesDictionary();
    }

    /** Where in the dictionary the next values are. */
    int[] nextPlaces(int count) {
        int[] next = new int[count];
        nextPlaces(next, count);
        return next;
    }

    /** Puts where in the dictionary the next values are, so many, at the beginning of an array. */
    void nextPlaces(int[] to, int count) {
        if (count == 0) {
            // A page without values does not even say how many bits a place has.
            return;
        }
        if (places == null) {
            places = new RunLengths(bytes, bytes.get());
        }
        places.next(to, count);
    }

    /** Decodes each value when it is asked for. */
    ValuesReader values() {
        if (values == null) {
            values = open(encoding.getValuesReader(column, ValuesType.VALUES), ByteBufferInputStream.wrap(bytes));
        }
        return values;
    }

    long[] nextNumbers(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
                    ? values().readInteger()
                    : values().readLong();
        }
        return numbers;
    }

    /** Without a copy if they are stored as whisktape stores them. */
    Texts nextTexts(int count) {
        if (encoding != Encoding.DELTA_LENGTH_BYTE_ARRAY) {
            return Texts.of(count, i -> values().readBytes().getBytesUnsafe());
        }
        if (values == null) {
            ByteBufferInputStream in = ByteBufferInputStream.wrap(bytes);
            values = open(new DeltaBinaryPackingValuesReader(), in);
            nextText = bytes.position() + Math.toIntExact(in.position());
        }
        Texts texts = Texts.in(bytes.array(), nextText, count, i -> values.readInteger());
        nextText = texts.end();
        return texts;
    }

    private ValuesReader open(ValuesReader reader, ByteBufferInputStream in) {
        try {
            reader.initFromPage(count, in);
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunLengths levels(int largest) {
        if (largest == 0) {
            return null;
        }
        int length = bytes.getInt();
        ByteBuffer packed = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return new RunLengths(packed, BytesUtils.getWidthFromMaxInt(largest));
    }
}
