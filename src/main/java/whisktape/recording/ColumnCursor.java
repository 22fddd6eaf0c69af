package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * The values of one column of a row group, one after the other: a {@link Long} for all numbers, a {@link Boolean}, a {@link Binary} that
 * nobody may change, or null where there is none. What stands in a dictionary is the same object each time.
 *
 * <p>A page's levels and places are unpacked at once, which costs a row next to nothing; parquet-java's readers decode each value when it
 * is asked for. Damage shows as an exception of any kind.
 */
final class ColumnCursor {
    private final ColumnDescriptor column;
    private final PageReader pages;
    private final boolean isConstant;
    private final Object constant;

    /** Null where the column has no dictionary. */
    private final Object[] dictionary;

    private int at;
    private int count;

    /** Of the page; null where all are 0. */
    private int[] repetitions;

    /** Of the page; null where all values are there. */
    private int[] definitions;

    /** In the dictionary, of the values that are there; null where the page has its values itself. */
    private int[] places;

    private int place;
    private ValuesReader values;

    private ColumnCursor(
            ColumnDescriptor column, PageReader pages, Object[] dictionary, boolean isConstant, Object constant) {
        this.column = column;
        this.pages = pages;
        this.dictionary = dictionary;
        this.isConstant = isConstant;
        this.constant = constant;
    }

    static ColumnCursor of(ColumnDescriptor column, PageReader pages) throws IOException {
        DictionaryPage page = pages.readDictionaryPage();
        return new ColumnCursor(column, pages, page == null ? null : entries(column, page), false, null);
    }

    /** Of a column that holds the same in all rows, or nothing in any: its pages need not be read. */
    static ColumnCursor ofConstant(ColumnDescriptor column, Object value) {
        return new ColumnCursor(
                column, null, null, true, value instanceof Integer number ? (Long) number.longValue() : value);
    }

    ColumnDescriptor column() {
        return column;
    }

    /** The value here, and goes to the next one. */
    Object next() {
        if (isConstant) {
            return constant;
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
        if (isConstant || dictionary != null) {
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
        if (isConstant) {
            return constant == null ? 0 : column.getMaxDefinitionLevel();
        }
        if (at == count) {
            nextPage();
        }
        return definitions == null ? column.getMaxDefinitionLevel() : definitions[at];
    }

    /** True if the value here is another one of the same list as the one before; false at the end. */
    boolean isOfSameList() {
        if (isConstant || at == count && !hasNextPage()) {
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
            throw new IllegalStateException("column " + String.join(".", column.getPath()) + " ends before its rows");
        }
    }

    private boolean hasNextPage() {
        DataPage page = pages.readPage();
        if (page == null) {
            return false;
        }
        if (!(page instanceof DataPageV1 data) || data.getValueCount() > pages.getTotalValueCount()) {
            throw new IllegalStateException(
                    "column " + String.join(".", column.getPath()) + " has a page that whisktape does not write");
        }
        try {
            open(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private void open(DataPageV1 page) throws IOException {
        at = 0;
        place = 0;
        count = page.getValueCount();
        ByteBuffer bytes = ByteBuffer.wrap(Zstd.arrayOf(page.getBytes())).order(ByteOrder.LITTLE_ENDIAN);
        repetitions = levels(bytes, column.getMaxRepetitionLevel(), 0);
        definitions = levels(bytes, column.getMaxDefinitionLevel(), column.getMaxDefinitionLevel());
        int there = count;
        if (definitions != null) {
            there = (int) Arrays.stream(definitions)
                    .filter(level -> level == column.getMaxDefinitionLevel())
                    .count();
        }
        places = null;
        if (page.getValueEncoding().usesDictionary()) {
            places = there == 0 ? new int[0] : RunLengths.unpack(bytes, bytes.get(), there);
        } else {
            values = page.getValueEncoding().getValuesReader(column, ValuesType.VALUES);
            values.initFromPage(count, ByteBufferInputStream.wrap(bytes));
        }
    }

    /** The page's next levels; null if all are the usual one. */
    private int[] levels(ByteBuffer bytes, int largest, int usual) {
        if (largest == 0) {
            return null;
        }
        int length = bytes.getInt();
        ByteBuffer packed = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        int[] levels = RunLengths.unpack(packed, BytesUtils.getWidthFromMaxInt(largest), count);
        for (int level : levels) {
            if (level != usual) {
                return levels;
            }
        }
        return null;
    }

    private static Object[] entries(ColumnDescriptor column, DictionaryPage page) throws IOException {
        Dictionary dictionary = page.getEncoding().initDictionary(column, page);
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
