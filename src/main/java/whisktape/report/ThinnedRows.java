package whisktape.report;

import java.util.Arrays;

/**
 * Rows of whole numbers in time order, of which only a bounded number is kept: stretches of neighbours, as far apart as need be.
 *
 * <p>Stretches and not single rows, because how alike neighbours are is what intervals are made of. Which rows stay depends on their number
 * alone, so that the same rows come out of the same recording.
 */
final class ThinnedRows {
    /** Rows of one stretch. */
    static final int STRETCH = 200;

    private final int[][] columns;
    private int most;
    private int size;
    private long seen;

    /** Of so many stretches one is kept; a power of two. */
    private long every = 1;

    /** @param most rows to keep, an even number of stretches */
    ThinnedRows(int columns, int most) {
        if (most < 2 * STRETCH || most % (2 * STRETCH) != 0) {
            throw new IllegalArgumentException(most + " rows are no even number of stretches");
        }
        this.columns = new int[columns][16];
        this.most = most;
    }

    void add(int... row) {
        if (size == most && isKept()) {
            keepEvery(2 * every);
        }
        if (isKept()) {
            if (size == columns[0].length) {
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = Arrays.copyOf(columns[i], Math.min(most, 2 * size));
                }
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i][size] = row[i];
            }
            size++;
        }
        seen++;
    }

    /** Adds what others have kept. */
    void addAll(ThinnedRows others) {
        int[] row = new int[columns.length];
        for (int i = 0; i < others.size; i++) {
            for (int column = 0; column < row.length; column++) {
                row[column] = others.columns[column][i];
            }
            add(row);
        }
    }

    /** Keeps at most this many from now on; as in the constructor. */
    void limit(int fewer) {
        most = Math.min(most, fewer);
        while (size > most) {
            keepEvery(2 * every);
        }
    }

    /** Leaves out what is not in one of so many stretches, so that what is kept of several weighs the same. */
    void keepEvery(long stretches) {
        while (every < stretches) {
            int kept = 0;
            for (int from = 0; from < size; from += 2 * STRETCH) {
                int rows = Math.min(STRETCH, size - from);
                for (int[] column : columns) {
                    System.arraycopy(column, from, column, kept, rows);
                }
                kept += rows;
            }
            size = kept;
            every *= 2;
        }
    }

    /** How many are kept. */
    int size() {
        return size;
    }

    /** How many there were. */
    long seen() {
        return seen;
    }

    long every() {
        return every;
    }

    int get(int column, int row) {
        return columns[column][row];
    }

    private boolean isKept() {
        return seen / STRETCH % every == 0;
    }
}
