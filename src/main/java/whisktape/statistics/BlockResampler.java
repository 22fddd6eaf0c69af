package whisktape.statistics;

import java.util.Arrays;

/**
 * Quantiles of resamples that are made of blocks of neighbouring rows (the moving-block bootstrap of Kuensch, Annals of Statistics, 1989).
 *
 * <p>No resample is ever laid out or sorted. All that its quantile needs to know is how many of its values lie below a window of
 * values around the sample's own quantile, which is two look-ups a block, and which values it has inside that window, which
 * are few. A resample whose quantile falls outside is counted again with a wider window, so the window changes no result.
 */
final class BlockResampler {
    /** How wide the first window is, in standard errors of the quantile's rank. */
    private static final double REACH = 5;

    private final double[] values;
    private final double[] sorted;
    private final double p;
    private final int length;
    private final int rank;
    private final int[] starts;

    private int reach;
    private double[] window;
    private int[] counts;

    /** How many of the first i rows lie below the window, and how many in it. */
    private final int[] below;

    private final int[] inside;

    /** For the rows in the window, in time order, the place of their value in it. */
    private int[] places;

    BlockResampler(Sample sample, double p, int length) {
        values = sample.values();
        sorted = sample.sorted();
        this.p = p;
        this.length = length;
        int n = values.length;
        rank = (int) ((n - 1) * p);
        starts = new int[(n + length - 1) / length];
        below = new int[n + 1];
        inside = new int[n + 1];
        lookAround((int) Math.min(n, 50 + REACH * Math.sqrt(n * p * (1 - p) * length)));
    }

    /** The quantile of one more resample, of as many rows as the sample. */
    double next(Draws draws) {
        for (int i = 0; i < starts.length; i++) {
            starts[i] = draws.below(values.length - length + 1);
        }
        double quantile = quantile();
        while (Double.isNaN(quantile)) {
            lookAround((int) Math.min(values.length, 4L * reach));
            quantile = quantile();
        }
        return quantile;
    }

    private double quantile() {
        Arrays.fill(counts, 0);
        int passed = 0;
        int left = values.length;
        for (int start : starts) {
            int end = start + Math.min(length, left);
            left -= end - start;
            passed += below[end] - below[start];
            for (int i = inside[start]; i < inside[end]; i++) {
                counts[places[i]]++;
            }
        }
        if (rank < passed) {
            return Double.NaN;
        }
        double exact = (values.length - 1) * p;
        int upper = Math.min(rank + 1, values.length - 1);
        for (int place = 0; place < window.length; place++) {
            passed += counts[place];
            if (rank < passed) {
                int next = place;
                while (upper >= passed && ++next < window.length) {
                    passed += counts[next];
                }
                return next == window.length
                        ? Double.NaN
                        : Quantiles.between(window[place], window[next], exact - rank);
            }
        }
        return Double.NaN;
    }

    /** Sets the window to the values at the ranks so far around the quantile's. */
    private void lookAround(int ranks) {
        int n = values.length;
        reach = ranks;
        double low = sorted[Math.max(0, rank - ranks)];
        double high = sorted[Math.min(n - 1, rank + 1 + ranks)];
        window = Arrays.stream(sorted)
                .filter(value -> low <= value && value <= high)
                .distinct()
                .toArray();
        counts = new int[window.length];
        for (int i = 0; i < n; i++) {
            below[i + 1] = below[i] + (values[i] < low ? 1 : 0);
            inside[i + 1] = inside[i] + (low <= values[i] && values[i] <= high ? 1 : 0);
        }
        places = new int[inside[n]];
        for (int i = 0; i < n; i++) {
            if (inside[i + 1] > inside[i]) {
                places[inside[i]] = Arrays.binarySearch(window, values[i]);
            }
        }
    }
}
