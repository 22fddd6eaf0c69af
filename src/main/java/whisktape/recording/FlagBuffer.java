package whisktape.recording;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import whisktape.EventField;
import whisktape.shapes.EventRows;

/** A column of yes and no: a bit each. */
final class FlagBuffer extends ColumnBuffer {
    private final BooleanPlainValuesWriter bits = new BooleanPlainValuesWriter();
    private boolean anyTrue;
    private boolean anyFalse;

    FlagBuffer(ColumnDescriptor column, boolean withStatistics) {
        super(column, withStatistics);
    }

    @Override
    void write(boolean value, int repetition, int definition) {
        level(repetition, definition);
        add(value);
    }

    @Override
    void write(EventRows rows, EventField field) {
        beginRows(rows, field);
        for (int row = 0; row < rows.count(); row++) {
            if (rows.has(field, row)) {
                add(rows.places(field)[row] > 0);
            }
        }
    }

    private void add(boolean value) {
        bits.writeBoolean(value);
        anyTrue |= value;
        anyFalse |= !value;
    }

    @Override
    Encoding encoding() {
        return bits.getEncoding();
    }

    @Override
    BytesInput encoded() {
        return bits.getBytes();
    }

    @Override
    void addBounds(Statistics<?> statistics) {
        ((BooleanStatistics) statistics).setMinMax(!anyFalse, anyTrue);
    }

    @Override
    void clear() {
        bits.reset();
        anyTrue = false;
        anyFalse = false;
    }

    @Override
    DictionaryPage takeDictionary() {
        return null;
    }
}
