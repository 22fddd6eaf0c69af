package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells whether an activation id came shortly before. OpenWhisk's producers repeat a message within seconds, so the last
 * quarter of a million ids are enough; 64-bit fingerprints stand for them, which are wrong once in 70,000,000,000,000.
 */
final class RecentIds {
    static final int WINDOW = 1 << 18;

    private static final int SLOTS = WINDOW * 4;
    private static final long EMPTY = 0;

    private final long[] newer = new long[SLOTS];
    private final long[] older = new long[SLOTS];
    private int inNewer;

    /** Remembers the id. True if it was there already. */
    boolean addAndTest(String id) {
        long fingerprint = fingerprint(id);
        if (contains(older, fingerprint)) {
            return true;
        }
        return !add(fingerprint);
    }

    private boolean add(long fingerprint) {
        int slot = slotOf(newer, fingerprint);
        if (newer[slot] == fingerprint) {
            return false;
        }
        newer[slot] = fingerprint;
        if (++inNewer == WINDOW) {
            System.arraycopy(newer, 0, older, 0, SLOTS);
            Arrays.fill(newer, EMPTY);
            inNewer = 0;
        }
        return true;
    }

    private static boolean contains(long[] table, long fingerprint) {
        return table[slotOf(table, fingerprint)] == fingerprint;
    }

    private static int slotOf(long[] table, long fingerprint) {
        int slot = (int) fingerprint & SLOTS - 1;
        while (table[slot] != EMPTY && table[slot] != fingerprint) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    /** FNV-1a over the text, mixed once more because its low bits choose the slot. */
    private static long fingerprint(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash == EMPTY ? 1 : hash;
    }
}
