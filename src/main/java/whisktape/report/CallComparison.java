package whisktape.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import whisktape.report.ComparedRow.Effect;
import whisktape.report.ComparedRow.Side;
import whisktape.statistics.Draws;
import whisktape.statistics.HodgesLehmann;
import whisktape.statistics.Interval;
import whisktape.statistics.MannWhitney;
import whisktape.statistics.QuantileBootstrap;
import whisktape.statistics.Quantiles;
import whisktape.statistics.RateInTime;
import whisktape.statistics.Sample;

/**
 * Compares the calls of one action, or of all, on one side with those on the other, in blocks of neighbours.
 *
 * @param action its name; empty for all
 * @param before the first side
 * @param after the second
 * @param seed of the random numbers
 */
record CallComparison(Optional<String> action, ComparedCalls before, ComparedCalls after, long seed) {

    /** A row for each figure of each metric of which a side has something; not yet judged. */
    List<ComparedRow> rows() {
        return ComparedMetric.OF_CALLS.stream()
                .filter(metric -> before.n(metric) + after.n(metric) > 0)
                .flatMap(metric -> rows(metric).stream())
                .toList();
    }

    /** The rows of one metric. */
    List<ComparedRow> rows(ComparedMetric metric) {
        if (!metric.isTime()) {
            return List.of(ofShare(action, metric, before.rateInTime(metric), after.rateInTime(metric)));
        }
        Sample first = before.sample(metric);
        Sample second = after.sample(metric);
        return ComparedStatistic.OF_TIMES.stream()
                .map(statistic -> ofTime(metric, statistic, first, second))
                .toList();
    }

    static ComparedRow ofShare(Optional<String> action, ComparedMetric metric, RateInTime first, RateInTime second) {
        Side base = new Side(first.rate().n(), boxed(first.rate().share()));
        Side now = new Side(second.rate().n(), boxed(second.rate().share()));
        Optional<Effect> effect = change(base, now)
                .map(change -> Effect.unjudged(
                        change,
                        first.difference(second, RecordingComparison.LEVEL),
                        Optional.empty(),
                        boxed(first.pValue(second))));
        return new ComparedRow(action, metric, ComparedStatistic.SHARE, base, now, effect, Optional.empty());
    }

    private ComparedRow ofTime(ComparedMetric metric, ComparedStatistic statistic, Sample first, Sample second) {
        Side base = new Side(before.n(metric), figure(first, statistic));
        Side now = new Side(after.n(metric), figure(second, statistic));
        Optional<Effect> effect = change(base, now)
                .map(change -> statistic == ComparedStatistic.SHIFT
                        ? shift(first, second)
                        : quantile(metric, statistic, first, second, change));
        return new ComparedRow(action, metric, statistic, base, now, effect, Optional.empty());
    }

    private static Effect shift(Sample first, Sample second) {
        Optional<Interval> interval = HodgesLehmann.intervalInBlocks(first, second, RecordingComparison.LEVEL);
        MannWhitney test = MannWhitney.of(first, second).orElseThrow();
        return Effect.unjudged(
                HodgesLehmann.shift(first, second).orElseThrow(),
                interval,
                Optional.of(test.delta()),
                interval.map(found -> test.pValueInBlocks()));
    }

    private Effect quantile(
            ComparedMetric metric, ComparedStatistic statistic, Sample first, Sample second, double change) {
        Draws draws = Draws.of(seed, action.orElse(""), metric.toString(), statistic.toString());
        Optional<QuantileBootstrap.Difference> difference =
                QuantileBootstrap.USUAL.difference(first, second, statistic.quantile(), draws);
        return Effect.unjudged(
                change,
                difference.map(QuantileBootstrap.Difference::interval),
                Optional.empty(),
                difference.map(QuantileBootstrap.Difference::pValue));
    }

    private static Optional<Double> change(Side base, Side now) {
        return base.figure().flatMap(was -> now.figure().map(is -> is - was));
    }

    private static Optional<Double> figure(Sample sample, ComparedStatistic statistic) {
        return sample.size() < statistic.callsNeeded()
                ? Optional.empty()
                : boxed(Quantiles.of(sample, statistic.quantile()));
    }

    static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
