package whisktape.recording;

import whisktape.EventField;
import whisktape.shapes.EventRows;

/** Writes many rows into a file's columns, one column after the other in the order of its schema. */
final class RowsWriter {
    private static final EventField[] FIELDS = EventField.values();

    private final SegmentFile file;
    private EventRows rows;
    private int column;

    RowsWriter(SegmentFile file) {
        this.file = file;
    }

    void begin(EventRows next) {
        rows = next;
        column = 0;
    }

    void end() {
        file.endRows(rows.count(), rows.sizeBytes());
    }

    void same(long value) {
        next().writeSame(value, rows.count());
    }

    void same(String value) {
        next().writeSame(value, rows.count());
    }

    void numbers(long[] values) {
        next().write(values, rows.count());
    }

    void texts(int[] numbers) {
        next().write(numbers, rows.count(), rows.texts());
    }

    /** The columns of all fields, in their order. */
    void fields() {
        for (EventField field : FIELDS) {
            next().write(rows, field);
        }
    }

    void absent(int columns) {
        for (int i = 0; i < columns; i++) {
            next().writeNulls(rows.count());
        }
    }

    private ColumnBuffer next() {
        return file.columns()[column++];
    }
}
