package whisktape.report;

import java.util.Optional;
import whisktape.statistics.Interval;
import whisktape.statistics.MixShift;
import whisktape.statistics.Verdict;
import whisktape.statistics.Verdict.Outcome;

/**
 * One figure on both sides of a comparison. Times are in milliseconds, shares from 0 to 1.
 *
 * @param action its name; empty for all together
 * @param metric what is measured
 * @param statistic which figure of it
 * @param base the side before
 * @param now the side after
 * @param effect how they differ; empty where a side has no figure
 * @param mix for all actions together, how much of the change comes from what was called
 */
public record ComparedRow(
        Optional<String> action,
        ComparedMetric metric,
        ComparedStatistic statistic,
        Side base,
        Side now,
        Optional<Effect> effect,
        Optional<MixShift> mix) {

    /**
     * A side's figure.
     *
     * @param n the calls behind it
     * @param figure empty where they, or the runs that have enough of them, are too few
     */
    public record Side(long n, Optional<Double> figure) {
        private Side rounded() {
            return new Side(n, figure.map(value -> Figures.rounded(value.doubleValue())));
        }
    }

    /**
     * How the sides differ.
     *
     * @param change the figure after less the one before; of {@link ComparedStatistic#SHIFT} Hodges and Lehmann's shift
     * @param interval 95 % for the change; empty where calls are too much alike in time to tell
     * @param delta Cliff's delta, from -1 to 1; beside a shift
     * @param p of no difference; empty where there was nothing to test
     * @param adjustedP the same for as many looks as there were
     * @param verdict what may be said; empty before that is known
     */
    public record Effect(
            double change,
            Optional<Interval> interval,
            Optional<Double> delta,
            Optional<Double> p,
            Optional<Double> adjustedP,
            Optional<Verdict> verdict) {

        static Effect unjudged(double change, Optional<Interval> interval, Optional<Double> delta, Optional<Double> p) {
            return new Effect(change, interval, delta, p, Optional.empty(), Optional.empty());
        }
    }

    public boolean is(Outcome outcome) {
        return effect.flatMap(Effect::verdict)
                .filter(verdict -> verdict.outcome() == outcome)
                .isPresent();
    }

    /**
     * Whether all actions together changed, but not so that their calls, mixed as before, changed in that direction and enough to matter: then
     * other things were called, and nothing became better or worse.
     */
    public boolean isOfMix() {
        if (effect.isEmpty() || mix.isEmpty()) {
            return false;
        }
        double change = effect.get().change;
        double within = mix.get().within();
        return Math.abs(change) >= floor() && (within * change <= 0 || Math.abs(within) < floor());
    }

    /** Whether the parts changed against the whole, each or on balance, and by enough to matter: Simpson's reversal. */
    public boolean isReversed() {
        return isOfMix() && mix.get().isReversed() && Math.abs(mix.get().within()) >= floor();
    }

    Optional<Double> p() {
        return effect.flatMap(Effect::p);
    }

    ComparedRow with(MixShift shift) {
        return new ComparedRow(action, metric, statistic, base, now, effect, Optional.of(shift));
    }

    /** The same with what may be said of it. */
    ComparedRow judged(Optional<Double> adjustedP, int looks, int runsASide) {
        Optional<Effect> judged = effect.map(found -> new Effect(
                Figures.rounded(found.change),
                found.interval.map(ends -> new Interval(Figures.rounded(ends.low()), Figures.rounded(ends.high()))),
                found.delta.map(delta -> Figures.rounded(delta.doubleValue())),
                found.p.map(p -> Figures.rounded(p.doubleValue())),
                adjustedP.map(p -> Figures.rounded(p.doubleValue())),
                Optional.of(verdict(found, adjustedP.orElse(1.0), looks, runsASide))));
        return new ComparedRow(action, metric, statistic, base.rounded(), now.rounded(), judged, mix);
    }

    private Verdict verdict(Effect found, double adjustedP, int looks, int runsASide) {
        Verdict verdict = new Verdict.Judge(
                        metric.floor(), Verdict.Polarity.LOWER_IS_BETTER, RecordingComparison.RISK, looks, runsASide)
                .of(new Verdict.Change(base.figure.orElseThrow(), found.change, found.interval, adjustedP));
        double floor = Figures.rounded(verdict.floor());
        boolean isChange = verdict.outcome() == Outcome.BETTER || verdict.outcome() == Outcome.WORSE;
        return new Verdict(
                isChange && isOfMix() ? Outcome.CANNOT_TELL : verdict.outcome(), floor, looks, verdict.withinRun());
    }

    private double floor() {
        return metric.floor().of(base.figure.orElseThrow());
    }
}
