package whisktape.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How often something happened: cold starts of calls, errors of calls.
 *
 * <p>Intervals assume independent calls; errors that come in bursts are less sure than they say.
 *
 * @param hits how often it happened
 * @param n how often it could have happened
 */
public record Rate(long hits, long n) {
    public Rate {
        if (hits < 0 || hits > n) {
            throw new IllegalArgumentException(hits + " of " + n);
        }
    }

    /** From 0 to 1; empty if nothing could have happened. */
    public OptionalDouble share() {
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / n);
    }

    /** Wilson's score interval (Journal of the American Statistical Association, 1927); empty if nothing could have happened. */
    public Optional<Interval> interval(double level) {
        Quantiles.requireOpenShare(level);
        if (n == 0) {
            return Optional.empty();
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        return Optional.of(wilson((double) hits / n, n, z));
    }

    /** Wilson's interval for a share of so many calls, which reaches so many standard deviations. */
    static Interval wilson(double share, double calls, double z) {
        double centre = share + z * z / (2 * calls);
        double reach = z * Math.sqrt(share * (1 - share) / calls + z * z / (4 * calls * calls));
        double whole = 1 + z * z / calls;
        return new Interval(
                share == 0 ? 0 : Math.max(0, (centre - reach) / whole),
                share == 1 ? 1 : Math.min(1, (centre + reach) / whole));
    }

    /**
     * The interval for the share of {@code after} less that of this (Newcombe, Statistics in Medicine, 1998, method 10: made of both
     * Wilson intervals); empty if one has none.
     */
    public Optional<Interval> difference(Rate after, double level) {
        if (n == 0 || after.n == 0) {
            return Optional.empty();
        }
        return Optional.of(difference(
                (double) hits / n,
                interval(level).orElseThrow(),
                (double) after.hits / after.n,
                after.interval(level).orElseThrow()));
    }

    /** Newcombe's interval for {@code now} less {@code before}, of the intervals of both. */
    static Interval difference(double before, Interval was, double now, Interval is) {
        double change = now - before;
        return new Interval(
                change - Math.hypot(now - is.low(), was.high() - before),
                change + Math.hypot(is.high() - now, before - was.low()));
    }

    /** How likely a difference of at least this size is if there is none; {@link TwoByTwo}. */
    public OptionalDouble pValue(Rate after) {
        return new TwoByTwo(hits, n - hits, after.hits, after.n - after.hits).pValue();
    }
}
