package whisktape.shapes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that come again and again, each with a number from 0 on. None takes the place of another: when there are too many, whoever owns
 * them begins anew.
 *
 * <p>One thread adds texts. Another one may ask for those whose numbers it was handed, because they stay where they are.
 */
public final class NumberedTexts {
    /** Instead of a number, where there is none. */
    public static final int NONE = -1;

    /** More there never are, so all numbers are below. */
    public static final int MOST = 1 << 14;

    private static final int SLOTS = 2 * MOST;
    private static final int MOST_BYTES = 1 << 21;
    private static final int LONGEST = 1024;

    /** By a text's hash, one more than its number; 0 where there is none. */
    private final int[] slots = new int[SLOTS];

    private final byte[][] bytes = new byte[MOST][];
    private final String[] texts = new String[MOST];
    private int count;
    private int sizeBytes;

    /**
     * The number of the text in this part of some bytes, which are ASCII there; {@link #NONE} if it is long, or there is no room.
     *
     * @param hash the same for the same text
     */
    public int numberOf(byte[] from, int start, int end, long hash) {
        int slot = (int) (hash >>> Integer.SIZE) & SLOTS - 1;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (EightBytes.are(bytes[number], from, start, end)) {
                return number;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (end - start > LONGEST || isFull()) {
            return NONE;
        }
        byte[] own = Arrays.copyOfRange(from, start, end);
        int number = add(own, new String(own, StandardCharsets.ISO_8859_1));
        slots[slot] = number + 1;
        return number;
    }

    /** Adds any text; {@link #NONE} if there is no room. */
    public int add(String text) {
        return isFull() ? NONE : add(text.getBytes(StandardCharsets.UTF_8), text);
    }

    /** True if no other text is taken. */
    public boolean isFull() {
        return count == MOST || sizeBytes >= MOST_BYTES;
    }

    /** The text of this number. */
    public String text(int number) {
        return texts[number];
    }

    /** The same in UTF-8. Nobody may change it. */
    public byte[] bytes(int number) {
        return bytes[number];
    }

    /** Of all texts, in UTF-8. */
    int sizeBytes() {
        return sizeBytes;
    }

    private int add(byte[] own, String text) {
        bytes[count] = own;
        texts[count] = text;
        sizeBytes += own.length;
        return count++;
    }
}
