package whisktape.source;

/** How many rows to ask for, so that a page has the bytes that it should, whatever the documents' size. */
final class PageSize {
    /** Enough for a page to be worth its request, few enough for a recorder with a small heap. */
    static final int AIM_BYTES = 4 << 20;

    /** More is not read: the page is asked for again with fewer rows. */
    static final int MOST_BYTES = 24 << 20;

    private static final int MOST_ROWS = 2_000;
    private static final int FIRST_ROWS = 64;
    private static final int GROWTH = 8;

    private int rows = FIRST_ROWS;

    int rows() {
        return rows;
    }

    /** A page of one row may be as large as memory permits; it is all or nothing then. */
    int mostBytes() {
        long eighthOfHeap = Runtime.getRuntime().maxMemory() / 8;
        return rows > 1 ? MOST_BYTES : (int) Math.max(MOST_BYTES, Math.min(Integer.MAX_VALUE / 4, eighthOfHeap));
    }

    /** A page came with so many rows. */
    void came(int pageRows, int bytes) {
        if (pageRows > 0) {
            long fitting = (long) AIM_BYTES * pageRows / Math.max(1, bytes);
            rows = (int) Math.max(1, Math.min(Math.min(MOST_ROWS, (long) rows * GROWTH), fitting));
        }
    }

    void wasTooLarge() {
        rows = Math.max(1, rows / 2);
    }
}
