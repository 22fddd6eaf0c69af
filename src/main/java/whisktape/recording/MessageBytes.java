package whisktape.recording;

import java.util.Arrays;

/** The bytes of a message, put together piece by piece; for one message after the other. */
final class MessageBytes {
    private static final int FEWEST = 1 << 10;

    /** Of the longest number, with its sign. */
    private static final int MOST_DIGITS = 20;

    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] bytes = new byte[FEWEST];
    private int length;

    void clear() {
        length = 0;
    }

    void append(byte[] piece) {
        append(piece, 0, piece.length);
    }

    void append(byte[] from, int start, int end) {
        int count = end - start;
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + (length >> 1), Math.addExact(length, count)));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    /** As Java writes it. */
    void append(long number) {
        // The smallest number has no positive counterpart, so all are taken as negative ones.
        long rest = number < 0 ? number : -number;
        int first = MOST_DIGITS;
        do {
            digits[--first] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            digits[--first] = '-';
        }
        append(digits, first, MOST_DIGITS);
    }

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }
}
