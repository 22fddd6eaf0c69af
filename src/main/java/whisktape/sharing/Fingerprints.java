package whisktape.sharing;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A set of 64-bit fingerprints in one array, which grows until it is as large as it may be. Their lowest four bits say what
 * they are of, and are no part of what is compared.
 */
final class Fingerprints {
    private static final int FIRST_SLOTS = 1 << 12;
    private static final long EMPTY = 0;
    private static final long KIND = 15;

    private final int mostSlots;
    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** @param mostSlots of 8 bytes; a power of two, and at least 4,096 */
    Fingerprints(int mostSlots) {
        this.mostSlots = mostSlots;
    }

    /** Adds one unless there is no more room, which {@link #isFull} tells. */
    void add(long fingerprint) {
        if (size > slots.length / 2) {
            if (isFull()) {
                return;
            }
            rehash(slots.length * 2, all -> true);
        }
        put(fingerprint);
    }

    boolean isFull() {
        return slots.length >= mostSlots && size > slots.length / 2;
    }

    boolean contains(long fingerprint) {
        return slots[slotOf(nonEmpty(fingerprint))] != EMPTY;
    }

    /** What a fingerprint that is in it is of, 0 to 15. */
    int kindOf(long fingerprint) {
        return (int) (slots[slotOf(nonEmpty(fingerprint))] & KIND);
    }

    /** Keeps only those of which this is true. */
    void retain(LongPredicate kept) {
        rehash(slots.length, kept);
    }

    private void rehash(int length, LongPredicate kept) {
        long[] before = slots;
        slots = new long[length];
        size = 0;
        Arrays.stream(before).filter(slot -> slot != EMPTY).filter(kept).forEach(this::put);
    }

    private void put(long fingerprint) {
        long added = nonEmpty(fingerprint);
        int slot = slotOf(added);
        if (slots[slot] == EMPTY) {
            slots[slot] = added;
            size++;
        }
    }

    private int slotOf(long fingerprint) {
        int slot = (int) (fingerprint >>> 17) & slots.length - 1;
        while (slots[slot] != EMPTY && (slots[slot] | KIND) != (fingerprint | KIND)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static long nonEmpty(long fingerprint) {
        return (fingerprint & ~KIND) == EMPTY ? fingerprint | KIND + 1 : fingerprint;
    }
}
