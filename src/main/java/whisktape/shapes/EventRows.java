package whisktape.shapes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.Shape;

/**
 * Events of known shapes, one behind the other in a partition, column by column: numbers as they are, texts by their numbers, the ids of
 * activations as bytes. They have neither key nor headers, no odd fields, and nothing that user-events would stumble over.
 *
 * <p>The value of a message is not kept: each one was found to be the literals of its shape with these very values between them, byte
 * for byte ({@link ShapeTree#match}), so that shape and columns give it back ({@link #event}).
 *
 * <p>One thread adds rows, and changes nothing any more once it has handed them over.
 */
public final class EventRows {
    /** The values of the column {@code body_type}. */
    public static final String ACTIVATION = "activation";

    public static final String METRIC = "metric";

    /** What a row holds in memory beside its activation id, roughly. */
    private static final int ROW_BYTES = 170;

    /** A text is there as bytes and as characters. */
    private static final int TEXT_TIMES = 2;

    private static final int ID_BYTES = 32;
    private static final int TRUE = 1;

    private final Origin origin;
    private final NumberedTexts texts;
    private final int room;
    private final long[] offsets;
    private final long[] timestampsMs;
    private final int[] shapes;

    /** By row, the fields that it has: a bit for each. */
    private final int[] fields;

    private final long[][] numbers = new long[EventField.COUNT][];

    /** Of texts the numbers, of flags 0 and 1. */
    private final int[][] places = new int[EventField.COUNT][];

    private byte[] ids;

    /** By row, where its activation id ends; where the one before does if it has none. */
    private final int[] idEnds;

    private int rows;

    /** Of the texts, before the first row and behind the last one. */
    private final int textBytesBefore;

    private int textBytes;

    /** Fields that all rows have, and those that any has. */
    private int inAll;

    private int inAny;

    /**
     * What all rows have in common.
     *
     * @param incarnation as in {@link Message}, like the others
     * @param hasTimestamps false where there is none of Kafka
     */
    public record Origin(
            int incarnation,
            int partition,
            Message.TimestampType timestampType,
            boolean hasTimestamps,
            long recordedAtMs) {}

    /** Rows with room for so many. */
    public EventRows(Origin origin, NumberedTexts texts, int room) {
        this.origin = origin;
        this.texts = texts;
        this.room = room;
        this.textBytesBefore = texts.sizeBytes();
        this.textBytes = textBytesBefore;
        this.offsets = new long[room];
        this.timestampsMs = new long[room];
        this.shapes = new int[room];
        this.fields = new int[room];
        this.ids = new byte[room * ID_BYTES];
        this.idEnds = new int[room];
        for (EventField field : EventField.values()) {
            if (field.kind() == EventField.Kind.NUMBER) {
                numbers[field.ordinal()] = new long[room];
            } else if (field != EventField.ACTIVATION_ID) {
                places[field.ordinal()] = new int[room];
            }
        }
        clear();
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
        inAll = -1;
        inAny = 0;
    }

    /** These fields, as {@link #begin} takes them. */
    public static int bits(Collection<EventField> fields) {
        int bits = 0;
        for (EventField field : fields) {
            bits |= bit(field);
        }
        return bits;
    }

    private static int bit(EventField field) {
        return 1 << field.ordinal();
    }

    public boolean isFull() {
        return rows == room;
    }

    /** Begins the next row, which has these fields; all of them are set before it is {@link #add added}. */
    public void begin(int bits) {
        fields[rows] = bits;
    }

    public void setNumber(EventField field, long number) {
        numbers[field.ordinal()][rows] = number;
    }

    public void setText(EventField field, int number) {
        places[field.ordinal()][rows] = number;
    }

    public void setFlag(EventField field, boolean flag) {
        places[field.ordinal()][rows] = flag ? TRUE : 0;
    }

    /** Takes the next row's activation id from these bytes, which are ASCII there. */
    public void setActivationId(byte[] from, int start, int end) {
        int length = end - start;
        int idStart = idStart(rows);
        if (length > ids.length - idStart) {
            ids = Arrays.copyOf(ids, Math.max(2 * idStart, Math.addExact(idStart, length)));
        }
        System.arraycopy(from, start, ids, idStart, length);
        idEnds[rows] = idStart + length;
    }

    /** Completes the row that was begun. */
    public void add(long offset, long timestampMs, int shape) {
        offsets[rows] = offset;
        timestampsMs[rows] = timestampMs;
        shapes[rows] = shape;
        if (!has(EventField.ACTIVATION_ID, rows)) {
            idEnds[rows] = idStart(rows);
        }
        textBytes = texts.sizeBytes();
        inAll &= fields[rows];
        inAny |= fields[rows];
        rows++;
    }

    public Origin origin() {
        return origin;
    }

    public int count() {
        return rows;
    }

    /** How many of them are metrics. */
    public int metrics() {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += isMetric(row) ? 1 : 0;
        }
        return count;
    }

    /** Roughly what they hold in memory, with the texts that came with them for the first time. */
    public long sizeBytes() {
        return (long) rows * ROW_BYTES + idStart(rows) + (long) TEXT_TIMES * (textBytes - textBytesBefore);
    }

    /** The same, with the room that they left empty. */
    public long heldBytes() {
        return sizeBytes() + (long) (room - rows) * ROW_BYTES + ids.length - idStart(rows);
    }

    /** What the numbers of texts stand for. */
    public NumberedTexts texts() {
        return texts;
    }

    public boolean has(EventField field, int row) {
        return (fields[row] & bit(field)) != 0;
    }

    public boolean allHave(EventField field) {
        return (inAll & bit(field)) != 0;
    }

    public boolean noneHas(EventField field) {
        return (inAny & bit(field)) == 0;
    }

    /** By row; as with the arrays below, only the first {@link #count} count, and nobody may change them. */
    public long[] offsets() {
        return offsets;
    }

    /** Kafka's. */
    public long[] timestampsMs() {
        return timestampsMs;
    }

    /** The numbers of the shapes' texts. */
    public int[] shapes() {
        return shapes;
    }

    /** The numbers of a field; anything where a row has none. */
    public long[] numbers(EventField field) {
        return numbers[field.ordinal()];
    }

    /** The texts' numbers of a field, 0 and 1 of a flag; anything where a row has none. */
    public int[] places(EventField field) {
        return places[field.ordinal()];
    }

    /** The ids of activations, one behind the other. */
    public byte[] activationIds() {
        return ids;
    }

    /** Where each of them ends, from 0 on; where the one before does if a row has none. */
    public int[] activationIdEnds() {
        return idEnds;
    }

    /** The text of a row; null if there is none, as in the methods below. */
    public String text(EventField field, int row) {
        return has(field, row) ? texts.text(places(field)[row]) : null;
    }

    public Long number(EventField field, int row) {
        return has(field, row) ? (Long) numbers(field)[row] : null;
    }

    private Boolean flag(EventField field, int row) {
        return has(field, row) ? (Boolean) (places(field)[row] == TRUE) : null;
    }

    public String activationId(int row) {
        int start = idStart(row);
        return has(EventField.ACTIVATION_ID, row)
                ? new String(ids, start, idEnds[row] - start, StandardCharsets.ISO_8859_1)
                : null;
    }

    /** The event of a row. */
    public Event event(int row) {
        Shape shape = Shape.of(texts.text(shapes[row]));
        Message message = new Message(
                origin.incarnation(),
                origin.partition(),
                offsets[row],
                timestampsMs[row],
                origin.timestampType(),
                origin.recordedAtMs(),
                null,
                value(shape, row),
                List.of());
        return event(row, message, shape);
    }

    /** The event of a row, of which message and shape are known. */
    public Event event(int row, Message message, Shape shape) {
        Event.Envelope envelope = new Event.Envelope(
                text(EventField.EVENT_SOURCE, row),
                text(EventField.SUBJECT, row),
                text(EventField.NAMESPACE, row),
                text(EventField.USER_ID, row),
                text(EventField.EVENT_TYPE, row),
                number(EventField.EVENT_TIME_MS, row));
        return new Event(message, envelope, isMetric(row) ? metric(row) : activation(row), null, null, shape);
    }

    private int idStart(int row) {
        return row == 0 ? 0 : idEnds[row - 1];
    }

    private boolean isMetric(int row) {
        return METRIC.equals(text(EventField.BODY_TYPE, row));
    }

    private EventBody metric(int row) {
        return new EventBody.Metric(text(EventField.METRIC_NAME, row), number(EventField.METRIC_VALUE, row));
    }

    private EventBody activation(int row) {
        return new EventBody.Activation(
                text(EventField.ACTION, row),
                activationId(row),
                number(EventField.STATUS_CODE, row),
                number(EventField.DURATION_MS, row),
                number(EventField.WAIT_MS, row),
                number(EventField.INIT_MS, row),
                text(EventField.KIND, row),
                flag(EventField.CONDUCTOR, row),
                number(EventField.MEMORY_MB, row),
                text(EventField.CAUSED_BY, row),
                number(EventField.RESPONSE_CHARS, row),
                number(EventField.USER_STATUS_CODE, row));
    }

    /** The bytes of the row's message, which are ASCII but for the shape itself. */
    private byte[] value(Shape shape, int row) {
        StringBuilder value = new StringBuilder();
        for (int cut = 0; cut < shape.cuts(); cut++) {
            value.append(new String(shape.literal(cut), StandardCharsets.UTF_8));
            EventField field = shape.cut(cut);
            value.append(
                    switch (field.kind()) {
                        case NUMBER -> Long.toString(numbers(field)[row]);
                        case FLAG -> places(field)[row] == TRUE ? "true" : "false";
                        case TEXT -> field == EventField.ACTIVATION_ID ? activationId(row) : text(field, row);
                    });
        }
        value.append(new String(shape.literal(shape.cuts()), StandardCharsets.UTF_8));
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
