package whisktape.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Rounds values to about six digits: promtool adds floats up in another order each time, so that the last of sixteen digits is not always
 * the same.
 */
final class Rounding {
    private static final int DIGITS = 6;

    /** A difference of equals is a nothing of some 1e-17, and should be 0. */
    private static final int SMALLEST = -12;

    /** Steps from the exponent to others, where a value would lie in the middle and could be rounded to either side. */
    private static final List<Integer> ALTERNATIVES = List.of(0, -1, -2, 1, 2);

    private static final double NEAR = 1e-5;

    private Rounding() {}

    /** The expression with its numbers rounded. Not a number equals nothing, so that no test could expect it: it is left out. */
    static String of(Expectations.Samples samples) {
        double[] values = samples.samples().stream()
                .mapToDouble(Expectations.Sample::value)
                .filter(Double::isFinite)
                .toArray();
        boolean isNumber = samples.samples().stream().noneMatch(sample -> Double.isNaN(sample.value()));
        return "round(" + samples.expression() + (isNumber ? "" : " >= -Inf") + ", 1e" + exponent(values) + ")";
    }

    private static int exponent(double[] values) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        int digits = largest == 0 ? 0 : (int) Math.ceil(Math.log10(largest));
        int exponent = Math.max(digits - DIGITS, SMALLEST);
        return ALTERNATIVES.stream()
                .map(more -> exponent + more)
                .filter(each -> isShort(each) && isClear(values, each))
                .findFirst()
                .orElse(exponent);
    }

    /** Prometheus multiplies by the inverse, and what is rounded to 1e-5 comes out as 1.8500000000000003. */
    private static boolean isShort(int exponent) {
        return 1 / powerOfTen(exponent) == powerOfTen(-exponent);
    }

    private static double powerOfTen(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    private static boolean isClear(double[] values, int exponent) {
        double unit = powerOfTen(exponent);
        for (double value : values) {
            double units = value / unit;
            if (Math.abs(units - Math.floor(units) - 0.5) < NEAR) {
                return false;
            }
        }
        return true;
    }
}
