package whisktape.lab;

import java.util.Arrays;

/** The activation ids of what ran in a sequence or composition, in order. */
final class SimulatedParts {
    private long[] ids = new long[8];
    private int size;

    void add(SimulatedCall call) {
        if (2 * size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        ids[2 * size] = call.idHigh;
        ids[2 * size + 1] = call.idLow;
        size++;
    }

    int size() {
        return size;
    }

    long high(int part) {
        return ids[2 * part];
    }

    long low(int part) {
        return ids[2 * part + 1];
    }
}
