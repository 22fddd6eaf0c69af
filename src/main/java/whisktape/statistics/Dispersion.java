package whisktape.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How unevenly something is spread: arrivals over seconds, calls over invokers. Figures without unit, and without interval. */
public final class Dispersion {
    private Dispersion() {}

    /**
     * The variance of counts over their mean: about 1 for independent arrivals (Poisson), below for a metronome, far above for bursts (Cox and
     * Lewis, The Statistical Analysis of Series of Events, 1966). Grows with the width of the windows counted in, so name it. Empty for
     * fewer than two windows, and where nothing arrived.
     */
    public static OptionalDouble index(double... counts) {
        return counts.length < 2 || mean(counts) <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(variance(counts) / mean(counts));
    }

    /** Standard deviation over mean; empty for fewer than two values, and where the mean is not above 0. */
    public static OptionalDouble coefficientOfVariation(double... values) {
        return values.length < 2 || mean(values) <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(variance(values)) / mean(values));
    }

    /**
     * Gini's coefficient of all there is, not of a sample of it: 0 if all have the same, {@code (n - 1) / n} if one has everything.
     * Empty where there is nothing to share.
     */
    public static OptionalDouble gini(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && sorted[0] < 0) {
            throw new IllegalArgumentException("a share of " + sorted[0]);
        }
        double total = 0;
        double weighted = 0;
        for (int i = 0; i < sorted.length; i++) {
            total += sorted[i];
            weighted += (2.0 * i + 1 - sorted.length) * sorted[i];
        }
        return total > 0 ? OptionalDouble.of(weighted / (sorted.length * total)) : OptionalDouble.empty();
    }

    /** The largest over the mean, 1 if all are equal; empty where the mean is not above 0. */
    public static OptionalDouble peakToMean(double... values) {
        return values.length == 0 || mean(values) <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(values).max().orElseThrow() / mean(values));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }
}
