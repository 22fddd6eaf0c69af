package whisktape.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/**
 * The JSON text of a message with its typed values cut out. Each cut is marked with the name of the column that holds the value, between
 * two characters U+001A, "substitute", which no JSON text can contain. Put back as they are, the columns give the message's bytes.
 *
 * <p>Values are {@link Binary} for texts, {@link Long}, {@link Boolean}, or null, by {@link TypedColumn#ordinal()}.
 */
final class Shape {
    /** Stands before and behind the name of a column. */
    static final byte MARK = 0x1a;

    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);
    private static final int NO_MATCH = -1;

    private final Binary text;

    /** One more than there are cuts. */
    private final byte[][] literals;

    private final TypedColumn[] cuts;
    private final int literalBytes;

    private Shape(Binary text, List<byte[]> literals, List<TypedColumn> cuts) {
        this.text = text;
        this.literals = literals.toArray(byte[][]::new);
        this.cuts = cuts.toArray(TypedColumn[]::new);
        this.literalBytes =
                literals.stream().mapToInt(literal -> literal.length).sum();
    }

    /** Reads one as the column {@code shape} has it; {@link IllegalArgumentException} where it is none. */
    static Shape of(Binary text) {
        byte[] bytes = text.getBytes();
        List<byte[]> literals = new ArrayList<>();
        List<TypedColumn> cuts = new ArrayList<>();
        int from = 0;
        for (int mark = next(bytes, 0); mark >= 0; mark = next(bytes, from)) {
            int end = next(bytes, mark + 1);
            TypedColumn cut = end < 0 ? null : TypedColumn.ofColumn(new String(bytes, mark + 1, end - mark - 1, UTF_8));
            if (cut == null) {
                throw new IllegalArgumentException("the shape of a message has a cut of no column");
            }
            literals.add(Arrays.copyOfRange(bytes, from, mark));
            cuts.add(cut);
            from = end + 1;
        }
        literals.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return new Shape(text, literals, cuts);
    }

    /** As the column {@code shape} has it. */
    Binary text() {
        return text;
    }

    /** How many values it puts back. */
    int cuts() {
        return cuts.length;
    }

    /** True if the values put back give just these bytes. */
    boolean gives(byte[] bytes, Object[] values) {
        int at = 0;
        for (int i = 0; i < cuts.length; i++) {
            at = after(literals[i], bytes, at);
            at = at == NO_MATCH ? NO_MATCH : after(values[cuts[i].ordinal()], bytes, at);
            if (at == NO_MATCH) {
                return false;
            }
        }
        return after(literals[cuts.length], bytes, at) == bytes.length;
    }

    /** The message's bytes; {@link IllegalArgumentException} where a value is missing. */
    byte[] fill(Object[] values) {
        int length = literalBytes;
        for (TypedColumn cut : cuts) {
            length += lengthOf(values[cut.ordinal()], cut);
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (int i = 0; i < cuts.length; i++) {
            at = put(literals[i], bytes, at);
            at = put(values[cuts[i].ordinal()], bytes, at);
        }
        put(literals[cuts.length], bytes, at);
        return bytes;
    }

    /** Where this value ends if it stands here. */
    static int after(Object value, byte[] bytes, int at) {
        if (value instanceof Binary text) {
            return after(text.getBytesUnsafe(), bytes, at);
        }
        if (value instanceof Long number) {
            return after((long) number, bytes, at);
        }
        return value instanceof Boolean flag ? after(flag ? TRUE : FALSE, bytes, at) : NO_MATCH;
    }

    private static int after(byte[] piece, byte[] bytes, int at) {
        int end = at + piece.length;
        return end <= bytes.length && Arrays.equals(bytes, at, end, piece, 0, piece.length) ? end : NO_MATCH;
    }

    private static int after(long number, byte[] bytes, int at) {
        int end = at + digits(number);
        if (end > bytes.length) {
            return NO_MATCH;
        }
        // The smallest number has no positive counterpart, so all are taken as negative ones.
        long rest = number < 0 ? number : -number;
        int first = number < 0 ? at + 1 : at;
        for (int i = end - 1; i >= first; i--) {
            if (bytes[i] != '0' - rest % 10) {
                return NO_MATCH;
            }
            rest /= 10;
        }
        return number >= 0 || bytes[at] == '-' ? end : NO_MATCH;
    }

    private static int put(Object value, byte[] bytes, int at) {
        if (value instanceof Long number) {
            return put((long) number, bytes, at);
        }
        return value instanceof Boolean flag
                ? put(flag ? TRUE : FALSE, bytes, at)
                : put(((Binary) value).getBytesUnsafe(), bytes, at);
    }

    private static int put(byte[] piece, byte[] bytes, int at) {
        System.arraycopy(piece, 0, bytes, at, piece.length);
        return at + piece.length;
    }

    private static int put(long number, byte[] bytes, int at) {
        int end = at + digits(number);
        long rest = number < 0 ? number : -number;
        int first = number < 0 ? at + 1 : at;
        for (int i = end - 1; i >= first; i--) {
            bytes[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        if (number < 0) {
            bytes[at] = '-';
        }
        return end;
    }

    private static int lengthOf(Object value, TypedColumn cut) {
        if (value instanceof Binary text) {
            return text.length();
        }
        if (value instanceof Long number) {
            return digits(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? TRUE.length : FALSE.length;
        }
        throw new IllegalArgumentException(
                "a message's shape wants a value for " + cut.column() + ", and there is none");
    }

    /** Characters of a number, its sign included. */
    private static int digits(long number) {
        long rest = number < 0 ? number : -number;
        int digits = number < 0 ? 2 : 1;
        long bound = -10;
        while (rest <= bound) {
            digits++;
            if (bound < Long.MIN_VALUE / 10) {
                return digits;
            }
            bound *= 10;
        }
        return digits;
    }

    private static int next(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == MARK) {
                return i;
            }
        }
        return -1;
    }
}
