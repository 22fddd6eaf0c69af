package whisktape.replay;

/**
 * How many times faster than recorded.
 *
 * @param factor 1 keeps the recorded pace; infinite waits for nothing
 */
public record Speed(double factor) {
    public static final Speed RECORDED = new Speed(1);
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed is above 0, not " + factor);
        }
    }

    public boolean isMax() {
        return Double.isInfinite(factor);
    }
}
