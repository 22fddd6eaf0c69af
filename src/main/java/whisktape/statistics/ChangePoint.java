package whisktape.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Where a series of windows, one value each, changed its level for good.
 *
 * <p>The largest cumulative sum of ranks (Pettitt, Applied Statistics, 1979), judged by random permutations of the series, then the same again on
 * either side of what was found. Ranks, because one window with a hiccup must not pass for a change. Assumes windows that
 * do not depend on each other: make them long against the bursts. A slow drift is found as a change near its middle.
 *
 * @param index the first window of the new level, from 0
 * @param before the median of the level that ended there, in the values' unit
 * @param after the median of the level that began there
 * @param pValue how many of the permutations, this one among them, look as much like a change; not adjusted for several changes
 */
public record ChangePoint(int index, double before, double after, double pValue) {
    /** Fewer windows than this cannot tell a level from its noise. */
    private static final int FEWEST = 10;

    private static final int PERMUTATIONS = 1_999;

    /** The changes in time order; none in fewer than 10 windows. */
    public static List<ChangePoint> find(double[] windows, double level, Draws draws) {
        Quantiles.requireOpenShare(level);
        List<Change> changes = new ArrayList<>();
        search(windows, 0, windows.length, 1 - level, draws, changes);
        changes.sort((one, other) -> Integer.compare(one.index, other.index));
        // Each was found while others lay in the same stretch of windows, and so may be a few windows off; as may its
        // neighbours.
        refine(windows, changes);
        refine(windows, changes);
        List<ChangePoint> points = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            int start = i == 0 ? 0 : changes.get(i - 1).index;
            int index = changes.get(i).index;
            int end = i + 1 == changes.size() ? windows.length : changes.get(i + 1).index;
            points.add(new ChangePoint(
                    index, median(windows, start, index), median(windows, index, end), changes.get(i).pValue));
        }
        return List.copyOf(points);
    }

    private record Change(int index, double pValue) {}

    private static void search(double[] windows, int start, int end, double risk, Draws draws, List<Change> changes) {
        if (end - start < FEWEST) {
            return;
        }
        double[] ranks = new NaturalRanking().apply(Arrays.copyOfRange(windows, start, end));
        int split = split(ranks);
        double pValue = pValue(ranks, draws);
        if (pValue <= risk) {
            changes.add(new Change(start + split, pValue));
            search(windows, start, start + split, risk, draws, changes);
            search(windows, start + split, end, risk, draws, changes);
        }
    }

    private static void refine(double[] windows, List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            int start = i == 0 ? 0 : changes.get(i - 1).index;
            int end = i + 1 == changes.size() ? windows.length : changes.get(i + 1).index;
            double[] ranks = new NaturalRanking().apply(Arrays.copyOfRange(windows, start, end));
            changes.set(i, new Change(start + split(ranks), changes.get(i).pValue));
        }
    }

    private static double pValue(double[] ranks, Draws draws) {
        double found = Math.abs(sumAt(ranks, split(ranks)));
        double[] permuted = ranks.clone();
        int asLarge = 1;
        for (int i = 0; i < PERMUTATIONS; i++) {
            draws.shuffle(permuted);
            if (Math.abs(sumAt(permuted, split(permuted))) >= found) {
                asLarge++;
            }
        }
        return (double) asLarge / (PERMUTATIONS + 1);
    }

    /** How many windows come before the largest distance of the sum of ranks from what it would be without a change. */
    private static int split(double[] ranks) {
        double mean = (ranks.length + 1) / 2.0;
        double sum = 0;
        double largest = -1;
        int split = 0;
        for (int i = 0; i < ranks.length - 1; i++) {
            sum += ranks[i] - mean;
            if (Math.abs(sum) > largest) {
                largest = Math.abs(sum);
                split = i + 1;
            }
        }
        return split;
    }

    private static double sumAt(double[] ranks, int split) {
        double mean = (ranks.length + 1) / 2.0;
        double sum = 0;
        for (int i = 0; i < split; i++) {
            sum += ranks[i] - mean;
        }
        return sum;
    }

    private static double median(double[] windows, int start, int end) {
        OptionalDouble median = Quantiles.of(Sample.inTimeOrder(Arrays.copyOfRange(windows, start, end)), 0.5);
        return median.orElseThrow();
    }
}
