package whisktape.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rate of calls in time order, where what happened to one call makes it likelier for the next: errors come in bursts, cold starts
 * too.
 *
 * <p>Such calls tell less than as many independent ones. How much less, the spread of the rate says ({@link MeanOfBlocks}): it is that
 * of {@code worth} independent calls, never of more than there are (Kish's design effect, Survey Sampling, 1965).
 *
 * @param rate as counted
 * @param worth how many independent calls would know as much; at most {@code rate.n()}
 * @param freedom how well that is known
 */
public record RateInTime(Rate rate, double worth, double freedom) {

    /**
     * The rate, with what a part of its calls says of bursts.
     *
     * @param rate of all calls
     * @param inTimeOrder 1 where it happened and 0 where it did not; of all calls, or of stretches of them
     */
    public static RateInTime of(Rate rate, Sample inTimeOrder) {
        double[] hits = inTimeOrder.values();
        int n = hits.length;
        double share = 0;
        for (double hit : hits) {
            share += hit / n;
        }
        if (n == 0 || share * (1 - share) <= 0) {
            return new RateInTime(rate, rate.n(), Math.max(1, rate.n() - 1.0));
        }
        int length = BlockLength.of(rarer(inTimeOrder, share), 0.5);
        double effect = MeanOfBlocks.variance(hits, length) * (n - 1) / (share * (1 - share));
        return new RateInTime(
                rate,
                rate.n() / Math.max(1, effect),
                Freedom.ofBlocks(n, length).degrees());
    }

    /** The rate of several runs, which know nothing of each other. */
    public static RateInTime together(List<RateInTime> runs) {
        return new RateInTime(
                new Rate(
                        runs.stream().mapToLong(run -> run.rate.hits()).sum(),
                        runs.stream().mapToLong(run -> run.rate.n()).sum()),
                runs.stream().mapToDouble(RateInTime::worth).sum(),
                runs.stream().mapToDouble(RateInTime::freedom).sum());
    }

    /** The interval for the share of {@code after} less that of this, as in {@link Rate#difference}; empty if one has no calls. */
    public Optional<Interval> difference(RateInTime after, double level) {
        if (rate.n() == 0 || after.rate.n() == 0) {
            return Optional.empty();
        }
        double reach = freedom(after).reach(level);
        return Optional.of(Rate.difference(share(), wilson(reach), after.share(), after.wilson(reach)));
    }

    /** How likely a difference of at least this size is if there is none; never less than for independent calls. */
    public OptionalDouble pValue(RateInTime after) {
        OptionalDouble independent = rate.pValue(after.rate);
        if (independent.isEmpty()) {
            return independent;
        }
        double pooled = (double) (rate.hits() + after.rate.hits()) / (rate.n() + after.rate.n());
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / worth + 1 / after.worth));
        return OptionalDouble.of(
                Math.max(independent.getAsDouble(), freedom(after).pValue((after.share() - share()) / deviation)));
    }

    private double share() {
        return (double) rate.hits() / rate.n();
    }

    private Interval wilson(double reach) {
        return Rate.wilson(share(), worth, reach);
    }

    private Freedom freedom(RateInTime after) {
        return Freedom.ofBoth(1 / worth, new Freedom(freedom), 1 / after.worth, new Freedom(after.freedom));
    }

    /** Turned round where it is the usual case, so that the median is the usual case and the series says when it was not. */
    private static Sample rarer(Sample hits, double share) {
        if (share <= 0.5) {
            return hits;
        }
        double[] misses = new double[hits.size()];
        for (int i = 0; i < misses.length; i++) {
            misses[i] = 1 - hits.values()[i];
        }
        return Sample.inTimeOrder(misses);
    }
}
