package whisktape.recording;

import java.util.Arrays;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;

/**
 * The columns of an event in the order of {@link EventColumns#SCHEMA}, all until the typed ones and some behind those. Of each row they
 * give what is asked for and leave the rest packed. {@link #value} is the one place that knows how the bytes of a value are stored: as
 * they are, or as a shape and the typed columns.
 */
final class MessageColumns {
    private static final int HEADERS = 9;

    /** Headers are two columns. */
    private static final int TYPED = HEADERS + 2;

    private static final int OTHERS = TYPED + EventField.COUNT;

    private final MessageBytes bytes = new MessageBytes();

    private int rowGroup;
    private FlatColumn[] flat;
    private HeaderColumns headers;
    private FlatColumn[] typed;
    private FlatColumn[] others;
    private PerValue<Message.TimestampType> types;
    private PerValue<ShapeInGroup> shapes;

    private int row;

    /** Goes to the row that was begun last. */
    void goTo(RowReader rows) {
        if (rowGroup != rows.rowGroup()) {
            rowGroup = rows.rowGroup();
            open(rows.chunks());
        }
        row = rows.row();
    }

    int incarnation() {
        return Math.toIntExact(flat[0].number(row));
    }

    int partition() {
        return Math.toIntExact(flat[1].number(row));
    }

    long offset() {
        return flat[2].number(row);
    }

    /** {@link Message#NO_TIMESTAMP} where there is none. */
    long timestampMs() {
        return flat[3].isThere(row) ? flat[3].number(row) : Message.NO_TIMESTAMP;
    }

    Message message() {
        return new Message(
                incarnation(),
                partition(),
                offset(),
                timestampMs(),
                timestampType(),
                flat[5].number(row),
                flat[6].copy(row),
                value(),
                headers.of(row));
    }

    boolean has(EventField field) {
        return typed[field.ordinal()].isThere(row);
    }

    /** Null if there is none, as in the methods below. */
    Long number(EventField field) {
        return has(field) ? (Long) typed[field.ordinal()].number(row) : null;
    }

    Boolean flag(EventField field) {
        return has(field) ? (Boolean) (typed[field.ordinal()].number(row) != 0) : null;
    }

    String text(EventField field) {
        return typed[field.ordinal()].text(row);
    }

    /** A text of the columns behind the typed ones, from 0. */
    String other(int index) {
        return others[index].text(row);
    }

    /** Makes sure that every column has something to say of the row, also what nobody has asked for. */
    void requireWhole() {
        for (FlatColumn[] columns : new FlatColumn[][] {flat, typed, others}) {
            for (FlatColumn column : columns) {
                column.isThere(row);
            }
        }
        headers.of(row);
    }

    private void open(ColumnChunk[] chunks) {
        flat = flat(chunks, 0, HEADERS);
        headers = new HeaderColumns(chunks[HEADERS], chunks[HEADERS + 1]);
        typed = flat(chunks, TYPED, OTHERS);
        others = flat(chunks, OTHERS, chunks.length);
        types = new PerValue<>(TimestampTypes::fromText);
        shapes = new PerValue<>(text -> new ShapeInGroup(Shape.of(text), typed));
    }

    private static FlatColumn[] flat(ColumnChunk[] chunks, int from, int until) {
        return Arrays.stream(chunks, from, until).map(FlatColumn::new).toArray(FlatColumn[]::new);
    }

    private Message.TimestampType timestampType() {
        Message.TimestampType type = types.of(flat[4], row);
        if (type == null) {
            throw new IllegalArgumentException("kafka_timestamp_type is absent");
        }
        return type;
    }

    private byte[] value() {
        ShapeInGroup shape = shapes.of(flat[8], row);
        return shape == null ? flat[7].copy(row) : shape.fill(row, bytes);
    }
}
