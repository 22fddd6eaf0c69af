package whisktape.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What is left of p-values when many things were looked at: of those that stay at most q, a share of at most q is expected to be false
 * (Benjamini and Hochberg, Journal of the Royal Statistical Society B, 1995; holds for tests that err in the same direction, too).
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The adjusted p-values, in the order of the given ones; the number of looks is how many are given. */
    public static double[] adjust(double... pValues) {
        int looks = pValues.length;
        int[] largestFirst = IntStream.range(0, looks)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer look) -> pValues[look])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[looks];
        double smallest = 1;
        for (int i = 0; i < looks; i++) {
            Quantiles.requireShare(pValues[largestFirst[i]]);
            smallest = Math.min(smallest, pValues[largestFirst[i]] * looks / (looks - i));
            adjusted[largestFirst[i]] = smallest;
        }
        return adjusted;
    }
}
