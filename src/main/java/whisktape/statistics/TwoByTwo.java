package whisktape.statistics;

import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Two yes-or-no questions about the same rows, counted: say, slow or not, and on this invoker or not.
 *
 * @param yesYes rows of the first kind with the property
 * @param yesNo rows of the first kind without it
 * @param noYes other rows with it
 * @param noNo other rows without it
 */
public record TwoByTwo(long yesYes, long yesNo, long noYes, long noNo) {
    /** Below this expected count, the chi-square approximation is not to be trusted (Cochran, Biometrics, 1954). */
    private static final double EXPECTED = 5;

    public TwoByTwo {
        if (Math.min(Math.min(yesYes, yesNo), Math.min(noYes, noNo)) < 0) {
            throw new IllegalArgumentException(
                    "a negative count: " + yesYes + ", " + yesNo + ", " + noYes + ", " + noNo);
        }
    }

    /**
     * How likely a table at least so uneven is if the questions have nothing to do with each other, two-sided: Fisher's exact test where an
     * expected count is below 5, else chi-square. Empty if a row or a column of the table is empty, as there is nothing to compare.
     */
    public OptionalDouble pValue() {
        long first = yesYes + yesNo;
        long second = noYes + noNo;
        long with = yesYes + noYes;
        long without = yesNo + noNo;
        if (first == 0 || second == 0 || with == 0 || without == 0) {
            return OptionalDouble.empty();
        }
        long all = first + second;
        double expected = (double) Math.min(first, second) * Math.min(with, without) / all;
        return OptionalDouble.of(expected < EXPECTED && all <= Integer.MAX_VALUE ? fisher() : chiSquare());
    }

    private double fisher() {
        int[][] table = {{(int) yesYes, (int) yesNo}, {(int) noYes, (int) noNo}};
        return FisherExactTest.withDefaults().test(table).getPValue();
    }

    private double chiSquare() {
        long[][] table = {{yesYes, yesNo}, {noYes, noNo}};
        return ChiSquareTest.withDefaults().test(table).getPValue();
    }
}
