package whisktape.recording;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Some values of a column: those that its dictionary has, or some that a page has itself, or the one that all rows have. Each can be put into a
 * message as it stands there; the numbers of a dictionary are written out once for that, and not for each row that has them.
 */
final class ColumnValues {
    /** What flags may be: false is 0 and true is 1. */
    static final ColumnValues FLAGS = new ColumnValues(
            new long[] {0, 1}, Texts.of(2, i -> Boolean.toString(i == 1).getBytes(StandardCharsets.US_ASCII)));

    /** Flags are 0 and 1; null for texts. */
    private final long[] numbers;

    /** Null for numbers that are not written out. */
    private final Texts texts;

    private ColumnValues(long[] numbers, Texts texts) {
        this.numbers = numbers;
        this.texts = texts;
    }

    /** One number or text, as {@link ColumnChunk} has it. */
    static ColumnValues of(Object value) {
        return value instanceof Long number
                ? ofWritten(new long[] {number})
                : new ColumnValues(null, Texts.of(1, i -> ((Binary) value).getBytesUnsafe()));
    }

    /** All that is in a dictionary. */
    static ColumnValues of(ColumnDescriptor column, Dictionary dictionary) {
        int count = dictionary.getMaxId() + 1;
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        if (type == PrimitiveTypeName.BINARY) {
            return new ColumnValues(
                    null, Texts.of(count, i -> dictionary.decodeToBinary(i).getBytesUnsafe()));
        }
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = type == PrimitiveTypeName.INT32 ? dictionary.decodeToInt(i) : dictionary.decodeToLong(i);
        }
        return ofWritten(numbers);
    }

    /** The next ones of a page that has them itself; not of flags. */
    static ColumnValues of(ColumnDescriptor column, ColumnPage page, int count) {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                ? new ColumnValues(null, page.nextTexts(count))
                : new ColumnValues(page.nextNumbers(count), null);
    }

    private static ColumnValues ofWritten(long[] numbers) {
        return new ColumnValues(
                numbers, Texts.of(numbers.length, i -> Long.toString(numbers[i]).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Of texts, how many there are. */
    int count() {
        return texts.count();
    }

    long number(int index) {
        return numbers[index];
    }

    byte[] copy(int index) {
        return texts.copy(index);
    }

    String text(int index) {
        return texts.text(index);
    }

    void appendTo(MessageBytes message, int index) {
        if (texts == null) {
            message.append(numbers[index]);
        } else {
            texts.appendTo(message, index);
        }
    }
}
