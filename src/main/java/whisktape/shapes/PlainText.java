package whisktape.shapes;

/** Finds where a text of plain characters ends, and on the way a hash that differs for different texts, nearly always. */
final class PlainText {
    private int end;
    private long hash;

    /** Looks at the text that begins there, and at nothing from there on. */
    void read(byte[] bytes, int from, int until) {
        hash = 0;
        int at = from;
        for (; at <= until - Long.BYTES; at += Long.BYTES) {
            long eight = EightBytes.at(bytes, at);
            long special = EightBytes.special(eight);
            if (special != 0) {
                int plain = Long.numberOfTrailingZeros(special) / Byte.SIZE;
                endAt(at + plain, eight & (1L << plain * Byte.SIZE) - 1);
                return;
            }
            hash = EightBytes.mixed(hash ^ eight);
        }
        readOneByOne(bytes, at, until);
    }

    /** The first byte that is no plain character. */
    int end() {
        return end;
    }

    long hash() {
        return hash;
    }

    private void readOneByOne(byte[] bytes, int from, int until) {
        long few = 0;
        int at = from;
        for (; at < until && isPlain(bytes[at]); at++) {
            few |= (long) bytes[at] << (at - from) * Byte.SIZE;
        }
        endAt(at, few);
    }

    /** @param few what is left of the text, fewer than eight bytes */
    private void endAt(int end, long few) {
        this.end = end;
        hash = EightBytes.mixed(hash ^ few);
    }

    private static boolean isPlain(byte character) {
        return character >= ' ' && character != '"' && character != '\\';
    }
}
