package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;
import whisktape.statistics.Draws;
import whisktape.statistics.SimulatedLoad;
import whisktape.statistics.Verdict.Outcome;

/**
 * How often {@code compare} is wrong. A few pairs and simulations in each build; for the figures in {@code docs/compare.md}
 * {@code mvn test -Dtest=ComparisonProofTest -Dpairs=200 -Dsimulations=2000}.
 */
final class ComparisonProofTest {
    private static final int PAIRS = Integer.getInteger("pairs", 2);
    private static final int SIMULATIONS = Integer.getInteger("simulations", 60);
    private static final String SLOWED = "shop/checkout";

    /** Some 300 calls of the action, after the warm-up. */
    private static final SimulationPlan PLAN =
            SimulationPlan.calm().lasting(Duration.ofMinutes(2).plusSeconds(75));

    private static final double SHIFT_MS = 20;

    @TempDir
    private Path folder;

    @Test
    void raisesFewAlarmsWhereNothingChanged() throws IOException {
        int alarms = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            RecordingComparison comparison = compare(PLAN, pair);
            alarms += changes(comparison).isEmpty() ? 0 : 1;
        }
        report("%d of %d pairs without a change are flagged", alarms, PAIRS);
        assertThat(alarms).isLessThanOrEqualTo(Math.max(1, PAIRS / 20));
    }

    @Test
    void findsAnActionThatTakesAFifthLonger() throws IOException {
        int found = 0;
        long calls = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            RecordingComparison comparison = compare(PLAN.slowing(SLOWED, 1.2), pair);
            found += comparison.rows(Outcome.WORSE).stream()
                            .anyMatch(row -> row.action().equals(Optional.of(SLOWED)))
                    ? 1
                    : 0;
            calls += calls(comparison);
        }
        report("%d of %d pairs with 20 %% on %s are found, at %d calls a side", found, PAIRS, SLOWED, calls / PAIRS);
        assertThat(found).isGreaterThanOrEqualTo(PAIRS * 9 / 10);
    }

    @ParameterizedTest
    @CsvSource({"400, 0", "400, 0.8"})
    void intervalsHoldTheTruthAsOftenAsTheySay(int calls, double memory) {
        Map<ComparedStatistic, Integer> held = new EnumMap<>(ComparedStatistic.class);
        Map<ComparedStatistic, Integer> told = new EnumMap<>(ComparedStatistic.class);
        for (int i = 0; i < SIMULATIONS; i++) {
            Draws draws = Draws.of(i, "coverage of compare");
            CallComparison comparison = new CallComparison(
                    Optional.of("a"), calls(draws, calls, memory, 0), calls(draws, calls, memory, SHIFT_MS), 1);
            List<ComparedRow> rows = new ArrayList<>(comparison.rows(ComparedMetric.RUN_MS));
            rows.addAll(comparison.rows(ComparedMetric.ERROR_SHARE));
            for (ComparedRow row : rows) {
                double truth = row.statistic() == ComparedStatistic.SHARE ? 0 : SHIFT_MS;
                row.effect().orElseThrow().interval().ifPresent(interval -> {
                    told.merge(row.statistic(), 1, Integer::sum);
                    held.merge(row.statistic(), interval.contains(truth) ? 1 : 0, Integer::sum);
                });
            }
        }
        // With 2,000 of them 93 % at least; what is above 97 % is p99 of independent calls, and is no danger.
        double chance = 3 * Math.sqrt(0.05 * 0.95 / SIMULATIONS);
        double least = 0.95 - Math.max(0.02, chance);
        double most = 0.95 + Math.max(0.025, chance);
        told.forEach((statistic, count) -> {
            double share = (double) held.get(statistic) / count;
            report(
                    "memory %.1f, %s: %d of %d intervals hold the truth: %.4f",
                    memory, statistic, held.get(statistic), count, share);
            assertThat(share).as("%s", statistic).isBetween(least, most);
        });
        assertThat(told.values()).allMatch(count -> count > 0.95 * SIMULATIONS);
    }

    private RecordingComparison compare(SimulationPlan plan, int pair) throws IOException {
        Path base = folder.resolve("base-" + pair);
        Path now = folder.resolve("new-" + pair);
        SimulationRecording.write(base, PLAN, 1_000 + 2L * pair);
        SimulationRecording.write(now, plan, 1_001 + 2L * pair);
        RecordingComparison comparison =
                RecordingComparer.compare(List.of(Recording.open(base)), List.of(Recording.open(now)), 1);
        delete(base);
        delete(now);
        return comparison;
    }

    /** Hundreds of recordings would fill a disk. */
    private static void delete(Path recording) throws IOException {
        try (Stream<Path> files = Files.walk(recording)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<ComparedRow> changes(RecordingComparison comparison) {
        List<ComparedRow> changes = new ArrayList<>(comparison.rows(Outcome.WORSE));
        changes.addAll(comparison.rows(Outcome.BETTER));
        changes.forEach(row -> report("  flagged: %s", row));
        return changes;
    }

    private static long calls(RecordingComparison comparison) {
        return comparison.rows().stream()
                .filter(row -> row.action().equals(Optional.of(SLOWED)) && row.metric() == ComparedMetric.RUN_MS)
                .mapToLong(row -> row.now().n())
                .findFirst()
                .orElseThrow();
    }

    private static ComparedCalls calls(Draws draws, int count, double memory, double laterMs) {
        ComparedCalls calls = new ComparedCalls(50 * 2 * ThinnedRows.STRETCH);
        double[] times = SimulatedLoad.times(draws, count, 100, memory);
        double[] errors = SimulatedLoad.hits(draws, count, 0.1, memory);
        for (int i = 0; i < count; i++) {
            int failed = errors[i] == 1 ? ComparedCalls.FAILED : 0;
            calls.add(
                    0,
                    0,
                    0,
                    (int) Math.rint(times[i] + laterMs),
                    ComparedCalls.HAS_TIMES | ComparedCalls.HAS_STATUS | failed);
        }
        return calls;
    }

    /** For those who run it for the figures. */
    private static void report(String format, Object... values) {
        System.getLogger(ComparisonProofTest.class.getName())
                .log(
                        PAIRS > 2 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                        String.format(format, values));
    }
}
