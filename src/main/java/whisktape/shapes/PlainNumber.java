package whisktape.shapes;

/** Finds where a number of decimal digits ends, and what it is. */
final class PlainNumber {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private int end;
    private long number;

    /** Looks at the digits that begin there, and at nothing from there on. */
    void read(byte[] bytes, int from, int until) {
        number = 0;
        end = from;
        while (end <= until - Long.BYTES) {
            // Where a loop over digits ends the processor cannot guess, so most numbers are read without one.
            long eight = EightBytes.at(bytes, end);
            int digits = EightBytes.digits(eight);
            if (digits > 0) {
                number = number * POWERS[digits] + EightBytes.number(eight, digits);
                end += digits;
            }
            if (digits < Long.BYTES) {
                return;
            }
        }
        readOneByOne(bytes, until);
    }

    /** The first byte that is no digit. */
    int end() {
        return end;
    }

    /** Anything if there are more digits than a long holds. */
    long number() {
        return number;
    }

    private void readOneByOne(byte[] bytes, int until) {
        for (; end < until && bytes[end] >= '0' && bytes[end] <= '9'; end++) {
            number = 10 * number + bytes[end] - '0';
        }
    }
}
