package whisktape.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import whisktape.statistics.MixShift;
import whisktape.statistics.Sample;

/** How much of what changed for all actions together comes from what was called. */
final class MixShifts {
    private static final Sample NONE = Sample.inTimeOrder();

    private final ComparedCalls before;
    private final ComparedCalls after;
    private final Function<ComparedMetric, List<MixShift.RateStratum>> rates;
    private final Map<ComparedMetric, List<MixShift.Stratum>> times = new EnumMap<>(ComparedMetric.class);

    /** @param rates of a metric, by action */
    MixShifts(ComparedCalls before, ComparedCalls after, Function<ComparedMetric, List<MixShift.RateStratum>> rates) {
        this.before = before;
        this.after = after;
        this.rates = rates;
    }

    /** The shift behind a row; empty where it has no figures. */
    Optional<MixShift> behind(ComparedRow row) {
        if (row.effect().isEmpty()) {
            return Optional.empty();
        }
        return row.metric().isTime()
                ? MixShift.ofQuantile(
                        times.computeIfAbsent(row.metric(), this::strata),
                        row.statistic().quantile())
                : MixShift.ofRate(rates.apply(row.metric()));
    }

    private List<MixShift.Stratum> strata(ComparedMetric metric) {
        Map<Integer, Sample> others = after.samplesByAction(metric);
        List<MixShift.Stratum> strata = new ArrayList<>();
        before.samplesByAction(metric)
                .forEach((action, sample) ->
                        strata.add(new MixShift.Stratum(sample, others.getOrDefault(action, NONE))));
        return strata;
    }
}
