package whisktape.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Whether two series rise and fall together, by rank (Spearman, American Journal of Psychology, 1904): one namespace's rate and the others'
 * wait, window by window.
 *
 * @param rho from -1 to 1; ties share their mean rank
 * @param pValue two-sided, by Student's t; assumes windows that do not depend on each other, so for load that comes and goes slowly it is too
 *     small
 */
public record Spearman(double rho, double pValue) {
    /** Below this the t approximation is not to be trusted. */
    private static final int FEWEST = 10;

    /** The correlation; empty below 10 pairs, and where a series is constant. */
    public static Optional<Spearman> of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " values with " + second.length);
        }
        if (first.length < FEWEST) {
            return Optional.empty();
        }
        NaturalRanking ranking = new NaturalRanking();
        double rho = pearson(ranking.apply(first), ranking.apply(second));
        return Double.isNaN(rho) ? Optional.empty() : Optional.of(new Spearman(rho, pValue(rho, first.length)));
    }

    private static double pearson(double[] x, double[] y) {
        // The mean of ranks is known, ties or not.
        double mean = (x.length + 1) / 2.0;
        double together = 0;
        double ofX = 0;
        double ofY = 0;
        for (int i = 0; i < x.length; i++) {
            together += (x[i] - mean) * (y[i] - mean);
            ofX += (x[i] - mean) * (x[i] - mean);
            ofY += (y[i] - mean) * (y[i] - mean);
        }
        return Math.max(-1, Math.min(1, together / Math.sqrt(ofX * ofY)));
    }

    private static double pValue(double rho, int n) {
        double t = Math.abs(rho) * Math.sqrt((n - 2) / (1 - rho * rho));
        return Double.isInfinite(t) ? 0 : 2 * TDistribution.of(n - 2).survivalProbability(t);
    }
}
