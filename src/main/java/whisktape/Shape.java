package whisktape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The JSON text of a message with what is read in it cut out. Each cut is marked with the name of the column that holds the value, between
 * two characters U+001A, "substitute", which no JSON text can contain. Put back as they are, the values give the message's bytes.
 *
 * <p>Values stand in arrays by {@link EventField#ordinal()}: the UTF-8 bytes of a text, a {@link Long}, a {@link Boolean}, or null.
 */
public final class Shape {
    /** Stands before and behind the name of a column. */
    public static final char MARK = '\u001a';

    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);
    private static final int NO_MATCH = -1;

    private final String text;

    /** One more than there are cuts. */
    private final byte[][] literals;

    private final EventField[] cuts;

    private Shape(String text, List<byte[]> literals, List<EventField> cuts) {
        this.text = text;
        this.literals = literals.toArray(byte[][]::new);
        this.cuts = cuts.toArray(EventField[]::new);
    }

    /** Reads one as the column {@code shape} has it; {@link IllegalArgumentException} where it is none. */
    public static Shape of(String text) {
        List<byte[]> literals = new ArrayList<>();
        List<EventField> cuts = new ArrayList<>();
        int from = 0;
        for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, from)) {
            int end = text.indexOf(MARK, mark + 1);
            EventField cut = end < 0 ? null : EventField.ofColumn(text.substring(mark + 1, end));
            if (cut == null) {
                throw new IllegalArgumentException("the shape of a message has a cut of no column");
            }
            literals.add(text.substring(from, mark).getBytes(UTF_8));
            cuts.add(cut);
            from = end + 1;
        }
        literals.add(text.substring(from).getBytes(UTF_8));
        return new Shape(text, literals, cuts);
    }

    /** As the column {@code shape} has it. */
    public String text() {
        return text;
    }

    /** How many values it puts back. */
    public int cuts() {
        return cuts.length;
    }

    /** What is put back at a cut, from 0. */
    public EventField cut(int index) {
        return cuts[index];
    }

    /** What stands before a cut, and behind the last one. Nobody may change it. */
    public byte[] literal(int index) {
        return literals[index];
    }

    /** True if the values put back give just these bytes. */
    public boolean gives(byte[] bytes, Object[] values) {
        int at = 0;
        for (int i = 0; i < cuts.length; i++) {
            at = endOf(literals[i], bytes, at);
            at = at == NO_MATCH ? NO_MATCH : endOf(values[cuts[i].ordinal()], bytes, at);
            if (at == NO_MATCH) {
                return false;
            }
        }
        return endOf(literals[cuts.length], bytes, at) == bytes.length;
    }

    /** Where a value ends if it stands here; -1 if it does not. */
    public static int endOf(Object value, byte[] bytes, int at) {
        if (value instanceof byte[] text) {
            int end = at + text.length;
            return end <= bytes.length && Arrays.equals(bytes, at, end, text, 0, text.length) ? end : NO_MATCH;
        }
        if (value instanceof Long number) {
            return endOf((long) number, bytes, at);
        }
        return value instanceof Boolean flag ? endOf(flag ? TRUE : FALSE, bytes, at) : NO_MATCH;
    }

    private static int endOf(long number, byte[] bytes, int at) {
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
}
