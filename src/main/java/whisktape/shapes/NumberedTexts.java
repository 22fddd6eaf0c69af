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

    private static final int FEWEST_SLOTS = 1 << 8;
    private static final int MOST_BYTES = 1 << 21;
    private static final int LONGEST = 1024;

    /** By a text's hash, one more than its number; 0 where there is none. At most half full, and no larger, to stay in the cache. */
    private int[] slots = new int[FEWEST_SLOTS];

    /** By number, of those in the slots. */
    private final long[] hashes = new long[MOST];

    /** All texts one behind the other, where comparing finds them with fewer looks into memory. */
    private byte[] joined = new byte[FEWEST_SLOTS];

    /** By number, where it starts there; one more than there are numbers. */
    private final int[] starts = new int[MOST + 1];

    private final byte[][] bytes = new byte[MOST][];
    private final String[] texts = new String[MOST];
    private int count;

    /**
     * The number of the text in this part of some bytes, which are ASCII there; {@link #NONE} if it is long, or there is no room.
     *
     * @param hash the same for the same text
     */
    public int numberOf(byte[] from, int start, int end, long hash) {
        int slot = slotOf(hash);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (is(number, from, start, end)) {
                return number;
            }
            slot = behind(slot);
        }
        if (end - start > LONGEST || isFull()) {
            return NONE;
        }
        byte[] own = Arrays.copyOfRange(from, start, end);
        int number = add(own, new String(own, StandardCharsets.ISO_8859_1));
        hashes[number] = hash;
        slots[slot] = number + 1;
        if (2 * count > slots.length) {
            growSlots();
        }
        return number;
    }

    /** Adds any text; {@link #NONE} if there is no room. */
    public int add(String text) {
        return isFull() ? NONE : add(text.getBytes(StandardCharsets.UTF_8), text);
    }

    /** True if no other text is taken. */
    public boolean isFull() {
        return count == MOST || sizeBytes() >= MOST_BYTES;
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
        return starts[count];
    }

    private int add(byte[] own, String text) {
        bytes[count] = own;
        texts[count] = text;
        join(own);
        return count++;
    }

    private void join(byte[] own) {
        int start = starts[count];
        if (own.length > joined.length - start) {
            joined = Arrays.copyOf(joined, 2 * (start + own.length));
        }
        System.arraycopy(own, 0, joined, start, own.length);
        starts[count + 1] = start + own.length;
    }

    private boolean is(int number, byte[] from, int start, int end) {
        int length = end - start;
        int its = starts[number];
        return starts[number + 1] - its == length && EightBytes.areSame(joined, its, from, start, length);
    }

    private void growSlots() {
        int[] before = slots;
        slots = new int[2 * before.length];
        for (int taken : before) {
            if (taken != 0) {
                int slot = slotOf(hashes[taken - 1]);
                while (slots[slot] != 0) {
                    slot = behind(slot);
                }
                slots[slot] = taken;
            }
        }
    }

    private int slotOf(long hash) {
        return (int) (hash >>> Integer.SIZE) & slots.length - 1;
    }

    private int behind(int slot) {
        return slot + 1 & slots.length - 1;
    }
}
