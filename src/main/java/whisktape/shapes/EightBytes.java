package whisktape.shapes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at bytes eight at a time, as one number of which the first byte is the lowest. What it looks at is some ten bytes long, where
 * calling what Java has for arrays would cost more than comparing.
 */
public final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x80 * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long ZEROS = '0' * ONES;
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;
    private static final long MIXER = 0x9e37_79b9_7f4a_7c15L;

    private EightBytes() {}

    /** True if so many bytes are the same in both. Of mostly short ones the last two looks overlap, so that there is no loop to guess. */
    static boolean areSame(byte[] one, int from, byte[] other, int otherFrom, int length) {
        if (length < Long.BYTES) {
            return areFewSame(one, from, other, otherFrom, length);
        }
        int last = length - Long.BYTES;
        long differences = at(one, from) ^ at(other, otherFrom) | at(one, from + last) ^ at(other, otherFrom + last);
        for (int i = Long.BYTES; i < last; i += Long.BYTES) {
            differences |= at(one, from + i) ^ at(other, otherFrom + i);
        }
        return differences == 0;
    }

    private static boolean areFewSame(byte[] one, int from, byte[] other, int otherFrom, int length) {
        for (int i = 0; i < length; i++) {
            if (one[from + i] != other[otherFrom + i]) {
                return false;
            }
        }
        return true;
    }

    /** A number that differs for different bytes, nearly always. */
    public static long hash(byte[] bytes, int from, int until) {
        long hash = mixed(until - from);
        if (until - from < Long.BYTES) {
            long few = 0;
            for (int i = from; i < until; i++) {
                few = few << Byte.SIZE | bytes[i] & 0xff;
            }
            return mixed(hash ^ few);
        }
        int last = until - Long.BYTES;
        for (int i = from; i < last; i += Long.BYTES) {
            hash = mixed(hash ^ at(bytes, i));
        }
        return mixed(hash ^ at(bytes, last));
    }

    /**
     * The highest bit of each byte that no text of plain characters has: a quote, a backslash, a control character or none of ASCII.
     * Subtracting borrows from the byte above only where one below is special, so the first one is right.
     */
    static long special(long bytes) {
        long quotes = (bytes ^ QUOTES) - ONES;
        long backslashes = (bytes ^ BACKSLASHES) - ONES;
        long controls = bytes - SPACES;
        return (quotes | backslashes | controls | bytes) & HIGHEST_BITS;
    }

    /** How many decimal digits these begin with. */
    static int digits(long bytes) {
        long values = bytes ^ ZEROS;
        // Adding carries into the byte above only where one below is no digit, so the first one is right.
        long others = (values + ABOVE_NINE | values) & HIGHEST_BITS;
        return Long.numberOfTrailingZeros(others) / Byte.SIZE;
    }

    /** The number in the first so many of these, which are decimal digits: one at least. */
    static long number(long bytes, int digits) {
        // As if zeros stood in front; then neighbours become numbers of two, four and eight digits, all at once.
        long ones = (bytes ^ ZEROS) << Long.SIZE - digits * Byte.SIZE;
        long twos = ones * (10 << 8 | 1) >>> 8 & 0x00ff_00ff_00ff_00ffL;
        long fours = twos * (100L << 16 | 1) >>> 16 & 0x0000_ffff_0000_ffffL;
        return fours * (10_000L << 32 | 1) >>> 32;
    }

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static long mixed(long hash) {
        long product = hash * MIXER;
        return product ^ product >>> 32;
    }
}
