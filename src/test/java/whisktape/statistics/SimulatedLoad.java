package whisktape.statistics;

/** Service times whose truth is known: log-normal, each call remembering the one before. Same seed, same times, on any machine. */
public final class SimulatedLoad {
    private SimulatedLoad() {}

    /**
     * Times around {@code median} ms; their logarithm has the standard deviation 0.5.
     *
     * @param memory the correlation of a call with the one before it, 0 for independent calls
     */
    public static double[] times(Draws draws, int calls, double median, double memory) {
        double[] times = new double[calls];
        double state = normal(draws);
        for (int i = 0; i < calls; i++) {
            if (i > 0) {
                state = memory * state + Math.sqrt(1 - memory * memory) * normal(draws);
            }
            times[i] = median * StrictMath.exp(0.5 * state);
        }
        return times;
    }

    static Sample sample(Draws draws, int calls, double median, double memory) {
        return Sample.inTimeOrder(times(draws, calls, median, memory));
    }

    /** As OpenWhisk has them. */
    static Sample wholeMilliseconds(Draws draws, int calls, double median, double memory) {
        double[] times = times(draws, calls, median, memory);
        for (int i = 0; i < times.length; i++) {
            times[i] = Math.rint(times[i]);
        }
        return Sample.inTimeOrder(times);
    }

    /**
     * What happened to calls, 1 or 0.
     *
     * @param share how often it happens
     * @param memory how often a call has the same lot as the one before it, whatever the share; 0 for independent calls
     */
    public static double[] hits(Draws draws, int calls, double share, double memory) {
        double[] hits = new double[calls];
        for (int i = 0; i < calls; i++) {
            hits[i] = i > 0 && uniform(draws) < memory ? hits[i - 1] : uniform(draws) < share ? 1 : 0;
        }
        return hits;
    }

    static double uniform(Draws draws) {
        return ((draws.next() >>> 11) + 0.5) * 0x1p-53;
    }

    private static double normal(Draws draws) {
        return StrictMath.sqrt(-2 * StrictMath.log(uniform(draws)))
                * StrictMath.cos(2 * StrictMath.PI * uniform(draws));
    }
}
