package whisktape.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Whether the means of two small samples differ, if their values are near to normal (Welch, Biometrika, 1947): a figure of each of some
 * runs, say, each made of many calls. Ranks of five and five runs cannot get below a p of 0.008, however far apart they are, and
 * that is too much where many things are looked at.
 */
public final class WelchTest {
    private WelchTest() {}

    /** Two-sided; empty for fewer than two values a side. */
    public static OptionalDouble pValue(Sample before, Sample after) {
        if (before.size() < 2 || after.size() < 2) {
            return OptionalDouble.empty();
        }
        double difference = mean(after) - mean(before);
        double first = varianceOfMean(before);
        double second = varianceOfMean(after);
        if (!(first + second > 0)) {
            return OptionalDouble.of(difference == 0 ? 1 : 0);
        }
        double degrees = (first + second)
                * (first + second)
                / (first * first / (before.size() - 1) + second * second / (after.size() - 1));
        return OptionalDouble.of(new Freedom(degrees).pValue(difference / Math.sqrt(first + second)));
    }

    private static double mean(Sample sample) {
        return Arrays.stream(sample.values()).average().orElseThrow();
    }

    private static double varianceOfMean(Sample sample) {
        return MeanOfBlocks.variance(sample.values(), 1);
    }
}
