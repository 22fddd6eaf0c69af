package whisktape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.report.ComparedRow.Effect;
import whisktape.report.ComparedRow.Side;
import whisktape.statistics.HodgesLehmann;
import whisktape.statistics.MannWhitney;
import whisktape.statistics.Quantiles;
import whisktape.statistics.RateInTime;
import whisktape.statistics.Sample;
import whisktape.statistics.Verdict;
import whisktape.statistics.WelchTest;

/**
 * Compares one action, or all, between runs: each run is one figure, made of its calls, and how much such figures differ from run to run is what
 * a change is measured by.
 *
 * @param action its name; empty for all
 * @param before the runs of the first side
 * @param after those of the second
 */
record RunComparison(Optional<String> action, List<ComparedCalls> before, List<ComparedCalls> after) {

    /** A row for each figure of each metric of which a run has something; not yet judged. */
    List<ComparedRow> rows() {
        List<ComparedRow> rows = new ArrayList<>();
        for (ComparedMetric metric : ComparedMetric.OF_CALLS) {
            if (n(metric, before) + n(metric, after) == 0) {
                continue;
            }
            for (ComparedStatistic statistic :
                    metric.isTime() ? ComparedStatistic.OF_RUNS : ComparedStatistic.OF_SHARES) {
                Runs first = new Runs(n(metric, before), figures(metric, statistic, before));
                Runs second = new Runs(n(metric, after), figures(metric, statistic, after));
                rows.add(row(action, metric, statistic, first, second));
            }
        }
        return rows;
    }

    /** The row of a share of all actions together. */
    static ComparedRow ofShare(ComparedMetric metric, List<RateInTime> before, List<RateInTime> after) {
        return row(Optional.empty(), metric, ComparedStatistic.SHARE, Runs.of(before), Runs.of(after));
    }

    /**
     * One side.
     *
     * @param n calls of all runs
     * @param figures one of each run that has enough calls
     */
    private record Runs(long n, Sample figures) {
        static Runs of(List<RateInTime> rates) {
            return new Runs(
                    rates.stream().mapToLong(rate -> rate.rate().n()).sum(),
                    Sample.inTimeOrder(rates.stream()
                            .flatMapToDouble(rate -> rate.rate().share().stream())
                            .toArray()));
        }

        Side side() {
            return new Side(
                    n,
                    figures.size() < Verdict.ENOUGH_RUNS
                            ? Optional.empty()
                            : CallComparison.boxed(Quantiles.of(figures, 0.5)));
        }
    }

    private static ComparedRow row(
            Optional<String> action, ComparedMetric metric, ComparedStatistic statistic, Runs first, Runs second) {
        Side base = first.side();
        Side now = second.side();
        Optional<Effect> effect = base.figure().isEmpty() || now.figure().isEmpty()
                ? Optional.empty()
                : Optional.of(effect(first.figures, second.figures));
        return new ComparedRow(action, metric, statistic, base, now, effect, Optional.empty());
    }

    private static Effect effect(Sample first, Sample second) {
        return Effect.unjudged(
                HodgesLehmann.shift(first, second).orElseThrow(),
                HodgesLehmann.interval(first, second, RecordingComparison.LEVEL),
                MannWhitney.of(first, second).map(MannWhitney::delta),
                CallComparison.boxed(WelchTest.pValue(first, second)));
    }

    private static long n(ComparedMetric metric, List<ComparedCalls> runs) {
        return runs.stream().mapToLong(run -> run.n(metric)).sum();
    }

    private static Sample figures(ComparedMetric metric, ComparedStatistic statistic, List<ComparedCalls> runs) {
        return Sample.inTimeOrder(runs.stream()
                .flatMap(run -> figure(run, metric, statistic).stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static Optional<Double> figure(ComparedCalls run, ComparedMetric metric, ComparedStatistic statistic) {
        if (!metric.isTime()) {
            return CallComparison.boxed(run.rate(metric).share());
        }
        Sample sample = run.sample(metric);
        return sample.size() < statistic.callsNeeded()
                ? Optional.empty()
                : CallComparison.boxed(Quantiles.of(sample, statistic.quantile()));
    }
}
