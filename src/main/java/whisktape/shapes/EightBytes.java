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
    private static final long MIXER = 0x9e37_79b9_7f4a_7c15L;

    private EightBytes() {}

    /** True if so many bytes are the same in both. */
    static boolean areSame(byte[] one, int from, byte[] other, int otherFrom, int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (one[from + i] != other[otherFrom + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (at(one, from + i) != at(other, otherFrom + i)) {
                return false;
            }
        }
        return at(one, from + last) == at(other, otherFrom + last);
    }

    /** True if these are all bytes of a part of others. */
    public static boolean are(byte[] all, byte[] others, int from, int until) {
        return all.length == until - from && areSame(all, 0, others, from, all.length);
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

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static long mixed(long hash) {
        long product = hash * MIXER;
        return product ^ product >>> 32;
    }
}
