package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Window;
import whisktape.lab.PlantedBottleneck;
import whisktape.lab.SimulatedBottleneck;
import whisktape.lab.SimulationConditions;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;

/** The checks find what was planted, say what it costs, and find nothing else. {@code -Dseeds=20} plays more often. */
final class PlantedFindingsTest {
    private static final SimulationPlan CALM = SimulationPlan.calm().lasting(Duration.ofMinutes(7));
    private static final int SEEDS = Integer.getInteger("seeds", 1);

    private static final List<QueryFile> CHECKS =
            QueryFile.list(Path.of("queries")).stream().filter(Check::is).toList();

    @TempDir
    private Path folder;

    static Stream<Arguments> ofEachKind() {
        return SimulatedBottleneck.ofEachKind().stream()
                .flatMap(bottleneck -> seeds().mapToObj(seed -> Arguments.of(bottleneck, seed)));
    }

    static Stream<SimulatedBottleneck> ofOtherSizes() {
        return Stream.of(
                new SimulatedBottleneck.SlowInvoker(8, 1.6),
                new SimulatedBottleneck.ThrashingPair("zoo", Duration.ofSeconds(20)),
                new SimulatedBottleneck.ColdStartStorm("payroll", 60, Duration.ofMinutes(12)),
                new SimulatedBottleneck.SaturatedPool("video", 150, Duration.ofMinutes(1)),
                new SimulatedBottleneck.ThrottledNamespace("spider", 20),
                new SimulatedBottleneck.NearTimeout("press", 10_000, 0.5),
                new SimulatedBottleneck.SlowSequenceStep("shop/fulfil", "shop/reserve", 15),
                new SimulatedBottleneck.NoisyNeighbour("coins", 1.5, 4, Duration.ofSeconds(20)));
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("ofEachKind")
    void findsWhatIsPlanted(SimulatedBottleneck bottleneck, int seed) {
        findsFirst(bottleneck, CALM, seed);
    }

    @ParameterizedTest
    @MethodSource("ofOtherSizes")
    void findsItInOtherSizesAndPlaces(SimulatedBottleneck bottleneck) {
        findsFirst(bottleneck, CALM, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsNothingWhereNothingIsPlanted(int seed) {
        assertThat(play(CALM, seed).findings()).isEmpty();
    }

    @Test
    void findsASlowInvokerByEventsAloneAndDespiteClocksThatDiffer() {
        SimulationPlan plan = CALM.under(SimulationConditions.REAL.withoutDocuments());

        findsFirst(new SimulatedBottleneck.SlowInvoker(5, 2.5), plan, 100);
    }

    private void findsFirst(SimulatedBottleneck bottleneck, SimulationPlan plan, int seed) {
        Played played = play(plan.plant(bottleneck), seed);
        PlantedBottleneck truth = played.planted().get(0);

        assertThat(played.findings()).isNotEmpty();
        Finding first = played.findings().get(0);
        assertThat(first.id()).isEqualTo(truth.report());
        assertThat(subject(first)).isEqualTo(truth.subject());
        if (bottleneck instanceof SimulatedBottleneck.ThrottledNamespace) {
            assertThat(first.n()).isEqualTo(truth.affected());
        } else {
            assertThat(hasSize(first, truth.msAtStake()))
                    .as("%s is as large as %s", first, truth)
                    .isTrue();
        }
    }

    private static boolean hasSize(Finding finding, long ms) {
        return Math.abs(finding.atStakeMs() - ms) <= 0.1 * ms
                || finding.ci95()
                        .filter(ci -> ci.low() <= ms && ms <= ci.high())
                        .isPresent();
    }

    /** As the simulation writes it: a step with its sequence, and of a pair not where it met. */
    private static String subject(Finding finding) {
        Map<String, String> subject = finding.subject();
        return subject.containsKey("step")
                ? subject.get("sequence") + " > " + subject.get("step")
                : subject.values().iterator().next();
    }

    private record Played(List<PlantedBottleneck> planted, List<Finding> findings) {}

    private Played play(SimulationPlan plan, int seed) {
        Path made = folder.resolve("recording");
        List<PlantedBottleneck> planted =
                SimulationRecording.write(made, plan, seed).planted();
        Recording recording = Recording.open(made);
        try (Analysis analysis = Reporter.open(recording, Window.ALL, CHECKS, List.of())) {
            return new Played(
                    planted,
                    Reporter.report(recording, analysis, CHECKS, Map.of(), 0).findings());
        }
    }
}
