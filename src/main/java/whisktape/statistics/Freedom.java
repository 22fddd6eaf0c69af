package whisktape.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many independent pieces a spread was estimated from, as Student's degrees of freedom, and what follows for tails.
 *
 * <p>Of two sides it is a mean, weighted by their variances, and not Welch's sum: blocks of rows that depend on each other are neither normal nor
 * quite independent, and in simulations the sum raised twice the alarms that it should far out in the tail.
 */
record Freedom(double degrees) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Of a variance that was estimated from so many rows in blocks of this length. */
    static Freedom ofBlocks(int rows, int length) {
        return new Freedom(Math.max(1, (double) (rows - length) / length));
    }

    /** Of the sum of two variances. */
    static Freedom ofBoth(double variance, Freedom freedom, double other, Freedom ofOther) {
        if (!(variance + other > 0)) {
            // Without any spread it is all the same.
            return freedom;
        }
        return new Freedom((variance + other) / (variance / freedom.degrees + other / ofOther.degrees));
    }

    /** How many standard deviations an interval of this level reaches to either side. */
    double reach(double level) {
        return TDistribution.of(degrees).inverseSurvivalProbability((1 - level) / 2);
    }

    /** The same, over what it would be if the spread were known. */
    double stretch(double level) {
        return reach(level) / NORMAL.inverseSurvivalProbability((1 - level) / 2);
    }

    /** How likely it is to be so many standard deviations off, to either side. */
    double pValue(double deviations) {
        return Math.min(1, 2 * TDistribution.of(degrees).survivalProbability(Math.abs(deviations)));
    }
}
