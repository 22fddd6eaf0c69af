package whisktape.statistics;

import java.util.Arrays;
import java.util.BitSet;

/**
 * How many neighbouring rows must stay together so that a resample is as bursty as the sample.
 *
 * <p>The rule of Politis and White (Econometric Reviews, 2004; corrected with Patton, 2009) applied to the series "is the value at most the
 * quantile?", whose long-run variance makes the quantile's; for a quantile in the tail also to the median's series, because few
 * rows in a tail show little of what the load does. Then doubled: the rule weighs noise against dependence overlooked, and for
 * an interval the latter is worse. Assumes that the load's character does not change over the sample.
 */
final class BlockLength {
    /** A resample of more blocks than this takes longer and tells no more. */
    private static final int MOST_BLOCKS = 10_000;

    private BlockLength() {}

    /** The length in rows, from 1 to a third of the sample. */
    static int of(Sample sample, double p) {
        int n = sample.size();
        int shortest = (n + MOST_BLOCKS - 1) / MOST_BLOCKS;
        int longest = (int) Math.max(1, Math.min(Math.ceil(3 * Math.sqrt(n)), n / 3));
        double best = best(new Correlogram(sample, 0.5));
        if (p != 0.5) {
            best = Math.max(best, best(new Correlogram(sample, p)));
        }
        best = Math.ceil(2 * best);
        return (int) Math.max(shortest, Math.min(best, Math.max(longest, shortest)));
    }

    private static double best(Correlogram series) {
        int bandwidth = bandwidth(series);
        double slope = 0;
        double total = series.covariance(0);
        for (int lag = 1; lag <= bandwidth; lag++) {
            double weighted = 2 * flatTop((double) lag / bandwidth) * series.covariance(lag);
            total += weighted;
            slope += lag * weighted;
        }
        // A series that hardly varies, or seems to undo itself, has nothing to keep together.
        if (!(total > 0)) {
            return 0;
        }
        return StrictMath.cbrt(1.5 * (slope / total) * (slope / total) * series.size());
    }

    /** Twice the last lag that counts. */
    private static int bandwidth(Correlogram series) {
        double n = series.size();
        double small = 2 * Math.sqrt(StrictMath.log10(n) / n);
        int quiet = Math.max(5, (int) Math.ceil(Math.sqrt(StrictMath.log10(n))));
        int most = (int) Math.min(n - 1, Math.ceil(Math.sqrt(n)) + quiet);
        int last = 0;
        for (int lag = 1; lag <= most && lag - last <= quiet; lag++) {
            if (Math.abs(series.covariance(lag)) >= small * series.covariance(0)) {
                last = lag;
            }
        }
        return Math.min(2 * last, most);
    }

    private static double flatTop(double share) {
        return share <= 0.5 ? 1 : 2 * (1 - share);
    }

    /** Autocovariances of a series of yes and no, 64 rows at a time. */
    private static final class Correlogram {
        private final int n;
        private final long[] words;
        private final int[] ones;
        private final double mean;

        Correlogram(Sample sample, double p) {
            double[] values = sample.values();
            double quantile = Quantiles.ofSorted(sample.sorted(), p);
            n = values.length;
            BitSet bits = new BitSet(n);
            ones = new int[n + 1];
            for (int i = 0; i < n; i++) {
                boolean yes = values[i] <= quantile;
                bits.set(i, yes);
                ones[i + 1] = ones[i] + (yes ? 1 : 0);
            }
            words = Arrays.copyOf(bits.toLongArray(), (n >>> 6) + 2);
            mean = (double) ones[n] / n;
        }

        int size() {
            return n;
        }

        /** Divided by n at every lag, as usual. */
        double covariance(int lag) {
            long both = 0;
            int shift = lag & 63;
            int skip = lag >>> 6;
            for (int i = 0; i + skip < words.length; i++) {
                long later = words[i + skip] >>> shift;
                if (shift > 0 && i + skip + 1 < words.length) {
                    later |= words[i + skip + 1] << -shift;
                }
                both += Long.bitCount(words[i] & later);
            }
            long first = ones[n - lag];
            long last = (long) ones[n] - ones[lag];
            return (both - mean * (first + last) + mean * mean * (n - lag)) / n;
        }
    }
}
