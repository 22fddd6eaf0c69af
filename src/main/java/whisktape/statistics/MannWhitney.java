package whisktape.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Whether values after tend to be larger than values before: the test of Mann and Whitney, and Cliff's delta as its size.
 *
 * <p>Sees shifts, not tails: where only the slowest calls became slower, {@link QuantileBootstrap} is the one to ask. Two p-values, because
 * the classical one takes every row as independent and is far too small in bursts.
 *
 * @param delta Cliff's delta (Psychological Bulletin, 1993): how much likelier an after is above a before than below it, from -1 to
 *     1; ties count for neither
 * @param pValue two-sided, independent rows: exact below 50 values a side without ties, else normal with ties and continuity corrected
 * @param pValueInBlocks two-sided, for rows in time order: the spread of delta is taken from sums over blocks of neighbouring rows
 */
public record MannWhitney(double delta, double pValue, double pValueInBlocks) {
    /** From here on the library would sort objects; below it knows the exact distribution. */
    private static final int EXACT_BELOW = 50;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The comparison; empty if one side is empty. */
    public static Optional<MannWhitney> of(Sample before, Sample after) {
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        Walk walk = new Walk(before.sorted(), after.sorted());
        double delta = (walk.wins - walk.losses) / ((double) before.size() * after.size());
        double p = Math.max(before.size(), after.size()) < EXACT_BELOW
                ? MannWhitneyUTest.withDefaults()
                        .test(after.values(), before.values())
                        .getPValue()
                : classical(walk, before.size(), after.size());
        return Optional.of(new MannWhitney(delta, p, inBlocks(before, after, delta, p)));
    }

    private static double classical(Walk walk, double n, double m) {
        double variance = n * m / 12 * (n + m + 1 - walk.ties / ((n + m) * (n + m - 1)));
        // Half of wins less losses is how far U is from its mean; half a step of U corrects for continuity.
        double distance = Math.max(0, Math.abs(walk.wins - walk.losses) / 2 - 0.5);
        return variance <= 0 ? 1 : Math.min(1, 2 * NORMAL.survivalProbability(distance / Math.sqrt(variance)));
    }

    /**
     * Delta is, but for what vanishes, the mean of one placement for each row (what share of the other side it is above, less what
     * share it is below), so that its variance is that of two means (Sen, 1967; DeLong and others, Biometrics, 1988). Never below the
     * classical p-value, which small samples need.
     */
    private static double inBlocks(Sample before, Sample after, double delta, double classical) {
        // Placements rise with the values, so what keeps the ones together keeps the others.
        int blockBefore = BlockLength.of(before, 0.5);
        int blockAfter = BlockLength.of(after, 0.5);
        double ofBefore = MeanOfBlocks.variance(placements(before.values(), after.sorted()), blockBefore);
        double ofAfter = MeanOfBlocks.variance(placements(after.values(), before.sorted()), blockAfter);
        double variance = ofBefore + ofAfter;
        if (!(variance > 0)) {
            return classical;
        }
        // As in Welch's test, each side is as sure as it has blocks.
        double freedom = variance
                * variance
                / (ofBefore * ofBefore / BlockLength.freedom(before.size(), blockBefore)
                        + ofAfter * ofAfter / BlockLength.freedom(after.size(), blockAfter));
        double t = Math.abs(delta) / Math.sqrt(variance);
        return Math.max(classical, Math.min(1, 2 * TDistribution.of(freedom).survivalProbability(t)));
    }

    private static double[] placements(double[] values, double[] others) {
        double[] placements = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            placements[i] =
                    ((double) below(others, values[i], false) + below(others, values[i], true)) / others.length - 1;
        }
        return placements;
    }

    /** How many of the sorted values are below the bound, or at most it. */
    private static int below(double[] sorted, double bound, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound || orEqual && sorted[middle] == bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** One walk through both sorted samples, counting pairs. */
    private static final class Walk {
        double wins;
        double losses;

        /** The sum of t^3 - t over groups of t equal values of both sides. */
        double ties;

        Walk(double[] before, double[] after) {
            int i = 0;
            int j = 0;
            while (i < before.length || j < after.length) {
                double value =
                        i == before.length ? after[j] : j == after.length ? before[i] : Math.min(before[i], after[j]);
                int fromBefore = i;
                int fromAfter = j;
                while (i < before.length && before[i] == value) {
                    i++;
                }
                while (j < after.length && after[j] == value) {
                    j++;
                }
                wins += (double) (j - fromAfter) * fromBefore;
                losses += (double) (i - fromBefore) * fromAfter;
                double group = (double) (i - fromBefore) + (j - fromAfter);
                ties += group * (group * group - 1);
            }
        }
    }
}
