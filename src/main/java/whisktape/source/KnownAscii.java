package whisktape.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** As {@link KnownTexts}, for texts that are still bytes: found eight characters at a time. */
final class KnownAscii {
    private static final int SLOTS = 1 << 14;
    private static final int LONGEST = 128;
    private static final long MIXER = 0x9e3779b97f4a7c15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] bytes = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];

    /** The text in this part of some bytes, which are ASCII there. */
    String of(byte[] from, int start, int end) {
        if (end - start > LONGEST) {
            return new String(from, start, end - start, StandardCharsets.ISO_8859_1);
        }
        int slot = slot(from, start, end);
        byte[] known = bytes[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, from, start, end)) {
            bytes[slot] = Arrays.copyOfRange(from, start, end);
            texts[slot] = new String(from, start, end - start, StandardCharsets.ISO_8859_1);
        }
        return texts[slot];
    }

    private static int slot(byte[] from, int start, int end) {
        long hash = end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(from, at)) * MIXER;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = (hash ^ from[at]) * MIXER;
        }
        return (int) (hash >>> 40) & SLOTS - 1;
    }
}
