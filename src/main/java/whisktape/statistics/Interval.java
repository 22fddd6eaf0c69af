package whisktape.statistics;

/**
 * What a number may truly be, both ends included, in the number's own unit.
 *
 * @param low the lower end
 * @param high the upper end, at least {@code low}
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether all of it is nearer to zero than {@code bound}. */
    public boolean isWithin(double bound) {
        return -bound < low && high < bound;
    }
}
