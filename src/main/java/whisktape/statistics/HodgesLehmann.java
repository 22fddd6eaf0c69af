package whisktape.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much one sample is typically larger than another: the median of all differences of a value of one and a value of the other
 * (Hodges and Lehmann, Annals of Mathematical Statistics, 1963), in the values' unit.
 *
 * <p>Exact at any size. The differences are never written down: how many are at most t is one walk through both sorted samples, and
 * t is found by halving, in at most 64 walks (in the manner of Monahan, ACM Transactions on Mathematical Software, 1984).
 */
public final class HodgesLehmann {
    /** Up to this many values a side, the distribution of ranks is counted out, above it is normal enough. */
    private static final int COUNTED = 20;

    private HodgesLehmann() {}

    /** The shift from {@code before} to {@code after}; empty if one is empty. */
    public static OptionalDouble shift(Sample before, Sample after) {
        if (before.isEmpty() || after.isEmpty()) {
            return OptionalDouble.empty();
        }
        long pairs = (long) before.size() * after.size();
        double low = difference(before.sorted(), after.sorted(), (pairs + 1) / 2);
        double high = pairs % 2 == 1 ? low : difference(before.sorted(), after.sorted(), pairs / 2 + 1);
        return OptionalDouble.of(Quantiles.between(low, high, 0.5));
    }

    /**
     * The interval for the shift that belongs to the Mann-Whitney test (Hollander and Wolfe, Nonparametric Statistical Methods, section
     * 4.3). It assumes independent values, such as the medians of separate runs, and two distributions of the same shape. Empty if
     * the sides are too small for the level: at 0.95 fewer than four and four.
     */
    public static Optional<Interval> interval(Sample before, Sample after, double level) {
        Quantiles.requireOpenShare(level);
        long outside = outside(before.size(), after.size(), (1 - level) / 2);
        return outside < 1 ? Optional.empty() : Optional.of(differences(before, after, outside));
    }

    /**
     * The same interval for rows in time order, which depend on their neighbours: as many differences are left out at either end as
     * {@link DeltaSpread} allows, and no more than above. Empty where the rows are too few for the level, or depend on each other
     * so much that they are.
     */
    public static Optional<Interval> intervalInBlocks(Sample before, Sample after, double level) {
        Quantiles.requireOpenShare(level);
        long pairs = (long) before.size() * after.size();
        long outside = Math.min(
                outside(before.size(), after.size(), (1 - level) / 2),
                DeltaSpread.of(before, after)
                        .map(spread -> (long) Math.floor(pairs / 2.0 * (1 - spread.reach(level))))
                        .orElse(pairs));
        return outside < 1 ? Optional.empty() : Optional.of(differences(before, after, outside));
    }

    /** Between which differences the shift lies if so many are outside at either end. */
    private static Interval differences(Sample before, Sample after, long outside) {
        long pairs = (long) before.size() * after.size();
        return new Interval(
                difference(before.sorted(), after.sorted(), outside),
                difference(before.sorted(), after.sorted(), pairs + 1 - outside));
    }

    /** The difference that is the k-th smallest, from 1. */
    private static double difference(double[] before, double[] after, long k) {
        long low = ordered(after[0] - before[before.length - 1]);
        long high = ordered(after[after.length - 1] - before[0]);
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            if (atMost(before, after, value(middle)) >= k) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return value(low) + 0.0;
    }

    private static long atMost(double[] before, double[] after, double bound) {
        long pairs = 0;
        int from = 0;
        for (double value : after) {
            while (from < before.length && value - before[from] > bound) {
                from++;
            }
            pairs += before.length - from;
        }
        return pairs;
    }

    /** A whole number that orders like the number; its own inverse in {@link #value}. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private static double value(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }

    /** Which smallest difference is the lower end: the largest k that U falls below with at most the probability {@code tail}. */
    private static long outside(int n, int m, double tail) {
        if (n == 0 || m == 0) {
            return 0;
        }
        if (n > COUNTED || m > COUNTED) {
            double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
            double pairs = (double) n * m;
            return (long) Math.floor(pairs / 2 - z * Math.sqrt(pairs * (n + m + 1.0) / 12));
        }
        double[] orders = orders(n, m);
        double all = 0;
        for (double count : orders) {
            all += count;
        }
        double passed = 0;
        int k = 0;
        while (passed + orders[k] <= tail * all) {
            passed += orders[k++];
        }
        return k;
    }

    /** In how many orders of n and m values exactly u pairs are the wrong way round, for each u (Mann and Whitney's recursion). */
    private static double[] orders(int n, int m) {
        double[][] shorter = new double[m + 1][];
        for (int i = 0; i <= n; i++) {
            double[][] these = new double[m + 1][];
            for (int j = 0; j <= m; j++) {
                these[j] = new double[i * j + 1];
                if (i == 0 || j == 0) {
                    these[j][0] = 1;
                    continue;
                }
                for (int u = 0; u < these[j].length; u++) {
                    double last = u >= j && u - j < shorter[j].length ? shorter[j][u - j] : 0;
                    these[j][u] = last + (u < these[j - 1].length ? these[j - 1][u] : 0);
                }
            }
            shorter = these;
        }
        return shorter[m];
    }
}
