package whisktape.statistics;

import java.util.Arrays;

/**
 * The values of one metric on one side of a comparison, in the order of their arrival.
 *
 * <p>The order matters where calls are not independent of each other, that is nearly always; give the rows by arrival time.
 * Values are in any one unit, finite, and may tie: times are whole milliseconds. Sorted once, here.
 */
public final class Sample {
    private final double[] values;
    private final double[] sorted;

    private Sample(double[] values) {
        this.values = values;
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The sample of these values, earliest first. */
    public static Sample inTimeOrder(double... values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i]);
            }
            // Otherwise zero and minus zero would sort apart and compare equal.
            copy[i] = values[i] + 0.0;
        }
        return new Sample(copy);
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /** The values in time order; not a copy. */
    double[] values() {
        return values;
    }

    /** The values in ascending order; not a copy. */
    double[] sorted() {
        return sorted;
    }
}
