package whisktape.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import whisktape.shapes.EightBytes;

/**
 * As {@link KnownTexts}, for texts that are still bytes. None takes the place of another: when there are too many, all are forgotten.
 */
final class KnownAscii {
    private static final int SLOTS = 1 << 15;
    private static final int MOST_KNOWN = SLOTS / 2;
    private static final int LONGEST = 128;

    private final byte[][] bytes = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];
    private int known;

    /** The text in this part of some bytes, which are ASCII there. */
    String of(byte[] from, int start, int end) {
        if (end - start > LONGEST) {
            return new String(from, start, end - start, StandardCharsets.ISO_8859_1);
        }
        int slot = (int) (EightBytes.hash(from, start, end) >>> 32) & SLOTS - 1;
        while (bytes[slot] != null) {
            if (EightBytes.are(bytes[slot], from, start, end)) {
                return texts[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return add(slot, Arrays.copyOfRange(from, start, end));
    }

    private String add(int slot, byte[] text) {
        if (known == MOST_KNOWN) {
            Arrays.fill(bytes, null);
            Arrays.fill(texts, null);
            known = 0;
        }
        bytes[slot] = text;
        texts[slot] = new String(text, StandardCharsets.ISO_8859_1);
        known++;
        return texts[slot];
    }
}
