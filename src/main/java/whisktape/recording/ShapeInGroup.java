package whisktape.recording;

import whisktape.EventField;
import whisktape.Shape;

/** A shape with the columns of a row group from which it takes its values. */
final class ShapeInGroup {
    private final Shape shape;
    private final byte[][] literals;
    private final FlatColumn[] columns;

    /**
     * @param typed the columns by {@link EventField#ordinal()}
     */
    ShapeInGroup(Shape shape, FlatColumn[] typed) {
        this.shape = shape;
        this.literals = new byte[shape.cuts() + 1][];
        this.columns = new FlatColumn[shape.cuts()];
        for (int i = 0; i < columns.length; i++) {
            literals[i] = shape.literal(i);
            columns[i] = typed[shape.cut(i).ordinal()];
        }
        literals[columns.length] = shape.literal(columns.length);
    }

    /** The bytes of the row's message; {@link IllegalArgumentException} where a value is missing. */
    byte[] fill(int row, MessageBytes bytes) {
        bytes.clear();
        for (int i = 0; i < columns.length; i++) {
            bytes.append(literals[i]);
            if (!columns[i].appendTo(bytes, row)) {
                throw new IllegalArgumentException(
                        "a message's shape wants a value for " + shape.cut(i).column() + ", and there is none");
            }
        }
        bytes.append(literals[columns.length]);
        return bytes.toArray();
    }
}
