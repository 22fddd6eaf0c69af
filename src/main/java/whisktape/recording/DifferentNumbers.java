package whisktape.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers each differing from all others, in the order in which they came: a dictionary. */
final class DifferentNumbers {
    private static final int FEWEST = 16;
    private static final long MIXER = 0x9e3779b97f4a7c15L;

    private long[] numbers = new long[FEWEST];
    private int count;

    /** By a number's hash, one more than its place; 0 where there is none. At most half full. */
    private int[] slots = new int[2 * FEWEST];

    /** The place of a number, which is a new one if it was not there. */
    int placeOf(long number) {
        int slot = slotOf(number);
        if (slots[slot] == 0) {
            if (count == numbers.length) {
                grow();
                slot = slotOf(number);
            }
            numbers[count++] = number;
            slots[slot] = count;
        }
        return slots[slot] - 1;
    }

    int count() {
        return count;
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(slots, 0);
            count = 0;
        }
    }

    /** All of them, eight or four bytes each, the lowest first. */
    byte[] toBytes(boolean wide) {
        ByteBuffer bytes =
                ByteBuffer.allocate(count * (wide ? Long.BYTES : Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (wide) {
                bytes.putLong(numbers[i]);
            } else {
                bytes.putInt((int) numbers[i]);
            }
        }
        return bytes.array();
    }

    private int slotOf(long number) {
        int slot = (int) (number * MIXER >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && numbers[slots[slot] - 1] != number) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        numbers = Arrays.copyOf(numbers, 2 * count);
        slots = new int[4 * count];
        for (int i = 0; i < count; i++) {
            slots[slotOf(numbers[i])] = i + 1;
        }
    }
}
