package whisktape.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
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
 * @param pValueInBlocks two-sided, for rows in time order: see {@link DeltaSpread}
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
        // Never below the classical one, which knows small samples better.
        double inBlocks = DeltaSpread.of(before, after)
                .map(spread -> Math.max(p, spread.pValue(delta)))
                .orElse(p);
        return Optional.of(new MannWhitney(delta, p, inBlocks));
    }

    private static double classical(Walk walk, double n, double m) {
        double variance = n * m / 12 * (n + m + 1 - walk.ties / ((n + m) * (n + m - 1)));
        // Half of wins less losses is how far U is from its mean; half a step of U corrects for continuity.
        double distance = Math.max(0, Math.abs(walk.wins - walk.losses) / 2 - 0.5);
        return variance <= 0 ? 1 : Math.min(1, 2 * NORMAL.survivalProbability(distance / Math.sqrt(variance)));
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
