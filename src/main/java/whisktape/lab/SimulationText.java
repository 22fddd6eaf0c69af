package whisktape.lab;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being put together: texts that were encoded beforehand, numbers, and activation ids. */
final class SimulationText {
    private static final byte[] TRUE = encode("true");
    private static final byte[] FALSE = encode("false");
    private static final byte[] HEX = encode("0123456789abcdef");
    private static final int LONGEST_LONG = 20;
    private static final int ID_CHARS = 32;

    private byte[] bytes = new byte[2048];
    private int size;

    static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON string, with its quotes. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    SimulationText clear() {
        size = 0;
        return this;
    }

    SimulationText add(byte[] encoded) {
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    SimulationText add(long number) {
        ensure(LONGEST_LONG);
        if (number < 0) {
            bytes[size++] = '-';
        }
        // Negative, because the smallest long has no positive counterpart.
        long rest = number < 0 ? number : -number;
        int digits = 1;
        for (long left = rest / 10; left != 0; left /= 10) {
            digits++;
        }
        for (int place = size + digits - 1; place >= size; place--) {
            bytes[place] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    SimulationText add(boolean value) {
        return add(value ? TRUE : FALSE);
    }

    /** An activation id, as 32 hexadecimal digits. */
    SimulationText addId(long high, long low) {
        ensure(ID_CHARS);
        hex(high);
        hex(low);
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void hex(long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(int) (bits >>> shift) & 15];
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
