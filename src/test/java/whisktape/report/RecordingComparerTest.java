package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.lab.SimulatedAction;
import whisktape.lab.SimulatedLoad;
import whisktape.lab.SimulatedNamespace;
import whisktape.lab.SimulatedTarget;
import whisktape.lab.SimulatedTime;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;
import whisktape.statistics.Verdict;
import whisktape.statistics.Verdict.Outcome;

final class RecordingComparerTest {
    @TempDir
    private Path folder;

    private int recordings;

    @Test
    void findsWhatBecameWorseAndNothingElse() {
        Recording base = record(plan(10, 10));
        Recording now = record(plan(10, 10).slowing("shop/slow", 1.3));

        RecordingComparison worse = RecordingComparer.compare(List.of(base), List.of(now), 1);
        RecordingComparison better = RecordingComparer.compare(List.of(now), List.of(base), 1);

        assertThat(worse.rows(Outcome.WORSE))
                .isNotEmpty()
                .extracting(ComparedRow::action)
                .contains(Optional.of("shop/slow"))
                .doesNotContain(Optional.of("shop/fast"));
        assertThat(worse.rows(Outcome.BETTER)).isEmpty();
        assertThat(worse.isRegression()).isTrue();
        assertThat(better.rows(Outcome.BETTER)).isNotEmpty();
        assertThat(better.isRegression()).isFalse();
        assertThat(row(worse, "shop/slow", ComparedStatistic.P50)
                        .effect()
                        .orElseThrow()
                        .verdict()
                        .orElseThrow()
                        .withinRun())
                .isTrue();
        assertThat(row(worse, "shop/slow", ComparedStatistic.P99).effect()).isEmpty();
    }

    @Test
    void saysTheSameEachTimeItIsAsked() {
        List<Recording> base = List.of(record(plan(10, 10)));
        List<Recording> now = List.of(record(plan(10, 10)));

        assertThat(RecordingComparer.compare(base, now, 3)).isEqualTo(RecordingComparer.compare(base, now, 3));
        assertThat(RecordingComparer.compare(base, now, 3).rows())
                .isNotEqualTo(RecordingComparer.compare(base, now, 4).rows());
    }

    @Test
    void takesOtherCallsForWhatTheyAre() {
        RecordingComparison comparison =
                RecordingComparer.compare(List.of(record(plan(18, 4))), List.of(record(plan(4, 18))), 1);
        ComparedRow all = all(comparison, ComparedMetric.RUN_MS);

        assertThat(all.effect().orElseThrow().change()).isGreaterThan(40);
        assertThat(all.mix().orElseThrow().within()).isBetween(-8.0, 8.0);
        assertThat(all.isOfMix()).isTrue();
        assertThat(all.is(Outcome.CANNOT_TELL)).isTrue();
    }

    @Test
    void warnsWhereTheWholeSaysTheOppositeOfItsParts() {
        RecordingComparison comparison = RecordingComparer.compare(
                List.of(record(plan(18, 4).slowing("shop/slow", 1.4).slowing("shop/fast", 1.4))),
                List.of(record(plan(4, 18))),
                1);

        assertThat(comparison.rows(Outcome.WORSE)).isEmpty();
        assertThat(comparison.rows(Outcome.BETTER)).isNotEmpty();
        assertThat(all(comparison, ComparedMetric.RUN_MS).isReversed()).isTrue();
    }

    @Test
    void comparesRunsWithRunsWhereThereAreFive() {
        List<Recording> base = new ArrayList<>();
        List<Recording> now = new ArrayList<>();
        for (int run = 0; run < Verdict.ENOUGH_RUNS; run++) {
            base.add(record(plan(5, 8)));
            now.add(record(plan(5, 8).slowing("shop/slow", 1.3)));
        }

        RecordingComparison comparison = RecordingComparer.compare(base, now, 1);
        ComparedRow slow = row(comparison, "shop/slow", ComparedStatistic.P50);

        assertThat(comparison.isOfRuns()).isTrue();
        assertThat(slow.is(Outcome.WORSE)).isTrue();
        assertThat(slow.effect().orElseThrow().verdict().orElseThrow().withinRun())
                .isFalse();
        assertThat(row(comparison, "shop/fast", ComparedStatistic.P50).is(Outcome.WORSE))
                .isFalse();
    }

    @Test
    void takesTheCallsOfFewRunsTogether() {
        RecordingComparison comparison = RecordingComparer.compare(
                List.of(record(plan(5, 8)), record(plan(5, 8))), List.of(record(plan(5, 8)), record(plan(5, 8))), 1);

        assertThat(comparison.isOfRuns()).isFalse();
        assertThat(comparison.base()).hasSize(2);
        assertThat(row(comparison, "shop/slow", ComparedStatistic.P50).base().n())
                .isGreaterThan(200);
    }

    @Test
    void missesAnActionThatIsNotCalledAnyMore() {
        RecordingComparison comparison =
                RecordingComparer.compare(List.of(record(plan(5, 5))), List.of(record(plan(5, 0))), 1);

        assertThat(comparison.onlyInBase()).containsExactly("shop/slow");
        assertThat(comparison.missing()).containsExactly("shop/slow");
        assertThat(comparison.isRegression()).isTrue();
    }

    @Test
    void countsWhatNeverRanAmongErrorsThoughItHasNoTimes() {
        ComparedCalls calls = new ComparedCalls(2 * ThinnedRows.STRETCH);
        calls.add(0, 0, 0, 0, ComparedCalls.HAS_STATUS | ComparedCalls.FAILED);
        calls.add(0, 3, 0, 9, ComparedCalls.HAS_STATUS | ComparedCalls.HAS_TIMES);

        assertThat(calls.rate(ComparedMetric.ERROR_SHARE).share()).hasValue(0.5);
        assertThat(calls.n(ComparedMetric.RUN_MS)).isEqualTo(1);
        assertThat(calls.sample(ComparedMetric.RESPONSE_MS).size()).isEqualTo(1);
        assertThat(calls.rate(ComparedMetric.COLD_START_SHARE).n()).isEqualTo(1);
    }

    /** Twenty seconds of a fast and a slow action at these rates. */
    private static SimulationPlan plan(double fast, double slow) {
        SimulationPlan plan = SimulationPlan.empty()
                .lasting(Duration.ofSeconds(20))
                .with(SimulatedNamespace.of("shop"))
                .with(SimulatedAction.primitive("shop/fast", SimulatedTime.lognormal(30, 0.2)))
                .with(SimulatedAction.primitive("shop/slow", SimulatedTime.lognormal(100, 0.2)))
                .with(load("shop/fast", fast));
        return slow == 0 ? plan : plan.with(load("shop/slow", slow));
    }

    private static SimulatedLoad load(String path, double perSecond) {
        return new SimulatedLoad.Open(SimulatedTarget.of("shop", path), perSecond);
    }

    private Recording record(SimulationPlan plan) {
        Path recording = folder.resolve("r" + ++recordings);
        SimulationRecording.write(recording, plan, recordings);
        return Recording.open(recording);
    }

    private static ComparedRow row(RecordingComparison comparison, String action, ComparedStatistic statistic) {
        return comparison.rows().stream()
                .filter(row -> row.action().equals(Optional.of(action))
                        && row.metric() == ComparedMetric.RUN_MS
                        && row.statistic() == statistic)
                .findFirst()
                .orElseThrow();
    }

    private static ComparedRow all(RecordingComparison comparison, ComparedMetric metric) {
        return comparison.rows().stream()
                .filter(row ->
                        row.action().isEmpty() && row.metric() == metric && row.statistic() == ComparedStatistic.P50)
                .findFirst()
                .orElseThrow();
    }
}
