package whisktape.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Quantiles of one sample, and how far they can be trusted.
 *
 * <p>One definition everywhere, type 7 of Hyndman and Fan (The American Statistician, 1996): the value at rank {@code (n - 1) p},
 * counted from 0, with a straight line between neighbours. It is {@code percentile_cont} of DuckDB and Spark, so that a
 * figure here is the figure of the query beside it.
 *
 * <p>Intervals are made of two order statistics (David and Nagaraja, Order Statistics, section 7.1). They hold for any
 * distribution and with ties, there with more than the asked level, but assume independent rows: for rows in bursts they
 * are too narrow, and {@link QuantileBootstrap} is the one to ask.
 */
public final class Quantiles {
    private Quantiles() {}

    /** The quantile {@code p}, between 0 and 1; empty if there is no value. */
    public static OptionalDouble of(Sample sample, double p) {
        requireShare(p);
        return sample.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(ofSorted(sample.sorted(), p));
    }

    static double ofSorted(double[] sorted, double p) {
        double rank = (sorted.length - 1) * p;
        int low = (int) rank;
        return between(sorted[low], sorted[Math.min(low + 1, sorted.length - 1)], rank - low);
    }

    /** Not a weighted sum: equal neighbours must give themselves, to the last bit. */
    static double between(double low, double high, double share) {
        return low + (high - low) * share;
    }

    /**
     * How many rows an interval for the quantile {@code p} needs: with fewer, not even the smallest and the largest value hold it
     * with the confidence {@code level}. For 0.95 and the quantiles 0.5, 0.9, 0.95, 0.99, 0.999 it is 6, 29, 59, 299, 2995.
     */
    public static int minimumRows(double p, double level) {
        requireOpenShare(p);
        requireOpenShare(level);
        int low = 1;
        int high = 2;
        while (coverageOfAll(high, p) < level) {
            low = high;
            high = Math.multiplyExact(high, 2);
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (coverageOfAll(middle, p) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double coverageOfAll(int n, double p) {
        return 1 - StrictMath.pow(p, n) - StrictMath.pow(1 - p, n);
    }

    /** The interval for the quantile {@code p}; empty below {@link #minimumRows}. */
    public static Optional<Interval> interval(Sample sample, double p, double level) {
        if (sample.size() < minimumRows(p, level)) {
            return Optional.empty();
        }
        int[] ranks = ranks(sample.size(), p, level);
        return Optional.of(new Interval(sample.sorted()[ranks[0] - 1], sample.sorted()[ranks[1] - 1]));
    }

    /**
     * The two ranks, counted from 1, between which the quantile lies with at least {@code level}, for {@code n} of at least {@link
     * #minimumRows}. Chosen from {@code n} alone, never from the values: equal tails if there are such, and then a rank
     * narrower where what was left over allows it.
     */
    static int[] ranks(int n, double p, double level) {
        BinomialDistribution below = BinomialDistribution.of(n, p);
        double miss = 1 - level;
        int low = lowRank(below, miss / 2);
        int high = highRank(below, miss / 2);
        if (high > n) {
            high = n;
            low = lowRank(below, miss - below.survivalProbability(n - 1));
        } else if (low < 1) {
            low = 1;
            high = highRank(below, miss - below.cumulativeProbability(0));
        }
        low = Math.max(low, 1);
        high = Math.min(high, n);
        if (coverage(below, low, high - 1) >= level) {
            high--;
        } else if (coverage(below, low + 1, high) >= level) {
            low++;
        }
        return new int[] {low, high};
    }

    /** How surely a quantile lies between two ranks of a continuous distribution. */
    static double coverage(BinomialDistribution below, int low, int high) {
        return low >= high ? 0 : below.probability(low - 1, high - 1);
    }

    private static int lowRank(BinomialDistribution below, double tail) {
        int count = below.inverseCumulativeProbability(Math.max(tail, 0));
        return below.cumulativeProbability(count) <= tail ? count + 1 : count;
    }

    private static int highRank(BinomialDistribution below, double tail) {
        return below.inverseSurvivalProbability(Math.max(tail, 0)) + 1;
    }

    static void requireShare(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a share of " + p);
        }
    }

    static void requireOpenShare(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("a share of " + p);
        }
    }
}
