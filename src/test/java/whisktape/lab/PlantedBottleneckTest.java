package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bottleneck shows in the data, and its true size is what a simple count over the data gives. */
class PlantedBottleneckTest {
    private static final SimulationPlan CALM = SimulationPlan.calm().lasting(Duration.ofMinutes(7));
    private static final long SEED = 21;
    private static final SimulatedOutput NOTHING = new SimulatedOutput(CALM, SEED);

    /** The usual wait of a warm call. */
    private static final long WARM_WAIT_MS = 6;

    /** The mean time to make a container. */
    private static final long CREATE_MS = 470;

    static Stream<SimulatedBottleneck> ofEachKind() {
        return SimulatedBottleneck.ofEachKind().stream();
    }

    @ParameterizedTest
    @MethodSource("ofEachKind")
    void hasASizeUnderTheNameOfItsReport(SimulatedBottleneck bottleneck) {
        PlantedBottleneck truth = truth(planted(bottleneck));

        assertThat(truth.report()).matches("R\\d\\d").isEqualTo(bottleneck.report());
        assertThat(truth.kind()).isEqualTo(bottleneck.kind());
        assertThat(truth.subject()).isEqualTo(bottleneck.subject());
        assertThat(truth.affected()).isPositive();
        assertThat(truth.msAtStake() > 0).isNotEqualTo(bottleneck instanceof SimulatedBottleneck.ThrottledNamespace);
    }

    @Test
    void nothingIsSlowWhereNothingIsPlanted() {
        long cold = NOTHING.activations()
                .filter(body -> body.get("initTime").asLong() > 0)
                .count();
        List<JsonNode> warm = NOTHING.activations()
                .filter(body -> body.get("initTime").asLong() == 0)
                .filter(body -> !body.get("name").asText().startsWith("whisk.system/"))
                .toList();

        assertThat(NOTHING.simulation.truth()).isEmpty();
        assertThat(NOTHING.activations())
                .allMatch(body -> body.get("statusCode").asInt() == 0);
        assertThat(warm).allMatch(body -> body.get("waitTime").asLong() < 50);
        assertThat(cold / (double) warm.size()).isLessThan(0.005);
        assertThat(NOTHING.simulation.counts().refused()).isZero();
    }

    @Test
    void aSlowInvokerIsSlowerThanOthersAtTheSameAction() {
        SimulatedOutput output = planted(new SimulatedBottleneck.SlowInvoker(8, 2.5));
        List<JsonNode> there = of("catalog/images/resize", output.activationsFrom("invoker8"));
        List<JsonNode> elsewhere = of("catalog/images/resize", output.activationsFrom("invoker7"));
        PlantedBottleneck truth = truth(output);

        assertThat(SimulatedOutput.median(there, "duration") / (double) SimulatedOutput.median(elsewhere, "duration"))
                .isCloseTo(2.5, within(0.15));
        assertThat(truth.affected())
                .isEqualTo(output.activationsFrom("invoker8").size());
        assertThat(longerThanAlone(output, output.activationsFrom("invoker8")))
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(3));
    }

    @Test
    void allThatRunsOnTheSlowInvokerOfTheExamplesRunsElsewhereToo() {
        SimulatedBottleneck.SlowInvoker slow = (SimulatedBottleneck.SlowInvoker)
                SimulatedBottleneck.ofEachKind().get(0);
        Set<String> there = names(NOTHING.activationsFrom(slow.subject()));
        List<JsonNode> elsewhere = NOTHING.activations()
                .filter(body -> !body.get("kind").asText().equals("sequence"))
                .toList();

        assertThat(there)
                .hasSizeGreaterThan(2)
                .allSatisfy(name -> assertThat(of(name, elsewhere))
                        .hasSizeGreaterThan(of(name, NOTHING.activationsFrom(slow.subject()))
                                        .size()
                                + 59));
    }

    @Test
    void aThrashingPairIsColdAtEveryCall() {
        SimulatedOutput output = planted(new SimulatedBottleneck.ThrashingPair("darkroom", Duration.ofSeconds(10)));
        List<JsonNode> pair = Stream.concat(
                        output.activationsOf("darkroom/develop").stream(),
                        output.activationsOf("darkroom/print").stream())
                .toList();
        PlantedBottleneck truth = truth(output);

        assertThat(pair).allMatch(body -> body.get("initTime").asLong() > 0);
        assertThat(truth.affected()).isEqualTo(pair.size());
        assertThat(SimulatedOutput.sum(pair, "waitTime")
                        + SimulatedOutput.sum(pair, "initTime")
                        - WARM_WAIT_MS * pair.size())
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(2));
    }

    @Test
    void aColdStartStormIsColdAtOnce() {
        SimulatedOutput output =
                planted(new SimulatedBottleneck.ColdStartStorm("accounting", 24, Duration.ofMinutes(11)));
        List<JsonNode> storm = output.activationsOf("accounting/close-month");
        PlantedBottleneck truth = truth(output);

        assertThat(storm)
                .hasSize(24)
                .allMatch(body -> body.get("initTime").asLong() > 0)
                .hasSize((int) truth.affected());
        assertThat(SimulatedOutput.sum(storm, "waitTime")
                        + SimulatedOutput.sum(storm, "initTime")
                        - WARM_WAIT_MS * storm.size())
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(2));
    }

    @Test
    void aSaturatedPoolLetsEvenWarmCallsWait() {
        SimulatedOutput output = planted(new SimulatedBottleneck.SaturatedPool("studio", 240, Duration.ofMinutes(2)));
        List<JsonNode> calls = output.activations()
                .filter(body -> !body.get("kind").asText().equals("sequence"))
                .filter(body -> !body.get("name").asText().startsWith("whisk.system/"))
                .toList();
        List<JsonNode> warmAndLate = calls.stream()
                .filter(body -> body.get("initTime").asLong() == 0)
                .filter(body -> body.get("waitTime").asLong() > 1_000)
                .toList();
        long cold =
                calls.stream().filter(body -> body.get("initTime").asLong() > 0).count();
        PlantedBottleneck truth = truth(output);

        assertThat(warmAndLate).hasSizeGreaterThan(300);
        assertThat(truth.affected()).isGreaterThan(warmAndLate.size());
        assertThat(SimulatedOutput.sum(calls, "waitTime") - WARM_WAIT_MS * calls.size() - CREATE_MS * cold)
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(5));
    }

    @Test
    void aThrottledNamespaceGetsWhatItIsAllowedAndNoMore() {
        SimulatedOutput output = planted(new SimulatedBottleneck.ThrottledNamespace("crawler", 4));
        List<JsonNode> refused = Stream.of("TimedRateLimit", "ConcurrentRateLimit")
                .flatMap(name -> output.metrics(name).stream())
                .filter(event -> event.get("namespace").asText().equals("crawler"))
                .toList();
        Map<Long, Long> admittedByMinute = output.metrics("ConcurrentInvocations").stream()
                .filter(event -> event.get("namespace").asText().equals("crawler"))
                .collect(Collectors.groupingBy(
                        event -> event.get("timestamp").asLong() / 60_000, Collectors.counting()));

        assertThat((long) refused.size()).isEqualTo(truth(output).affected());
        // Sixty a minute; two controllers are allowed a fifth more together, since each knows only its own.
        assertThat(admittedByMinute.values()).hasSize(5).containsOnly(72L);
    }

    @Test
    void anActionNearItsTimeoutTimesOutNowAndThen() {
        SimulatedOutput output = planted(new SimulatedBottleneck.NearTimeout("printshop", 3_000, 1));
        List<JsonNode> runs = output.activationsOf("printshop/render");
        List<JsonNode> near = runs.stream()
                .filter(body ->
                        body.get("duration").asLong() - body.get("initTime").asLong() >= 2_400)
                .toList();
        List<JsonNode> timedOut = runs.stream()
                .filter(body -> body.get("statusCode").asInt() == 2)
                .toList();
        PlantedBottleneck truth = truth(output);

        assertThat((long) near.size()).isEqualTo(truth.affected());
        assertThat(timedOut).hasSizeBetween(5, runs.size() / 8).allSatisfy(body -> {
            assertThat(body.get("duration").asLong() - body.get("initTime").asLong())
                    .isBetween(3_000L, 3_012L);
            assertThat(body.has("size")).isFalse();
        });
        assertThat(SimulatedOutput.sum(timedOut, "duration")).isEqualTo(truth.msAtStake());
    }

    @Test
    void aSlowStepIsSlowInItsSequenceAlone() {
        SimulatedOutput output = planted(new SimulatedBottleneck.SlowSequenceStep("shop/order", "shop/cart", 10));
        Map<String, JsonNode> documents = output.documentsById();
        List<JsonNode> steps = output.documents()
                .filter(document -> document.get("name").asText().equals("cart"))
                .filter(document -> document.has("cause"))
                .toList();
        List<JsonNode> alone = output.activationsOf("shop/cart").stream()
                .filter(body -> !body.has("causedBy"))
                .toList();
        PlantedBottleneck truth = truth(output);

        assertThat(steps)
                .allMatch(step -> !documents.containsKey(step.get("cause").asText())
                        || documents
                                .get(step.get("cause").asText())
                                .get("name")
                                .asText()
                                .equals("order"));
        assertThat(SimulatedOutput.median(steps, "duration") / (double) SimulatedOutput.median(alone, "duration"))
                .isCloseTo(10, within(1.0));
        assertThat(truth.affected()).isEqualTo(steps.size());
        assertThat(longerThanAlone(output, output.activationsOf("shop/cart")))
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(3));
    }

    @Test
    void aNoisyNeighbourSlowsOthersWhileItRuns() {
        SimulatedOutput output =
                planted(new SimulatedBottleneck.NoisyNeighbour("miners", 0.5, 8, Duration.ofSeconds(30)));
        Map<String, Long> alone = runs(NOTHING);
        Map<String, Long> beside = runs(output);
        beside.keySet().retainAll(alone.keySet());
        long slowed = beside.entrySet().stream()
                .filter(run -> run.getValue() > alone.get(run.getKey()) + 1)
                .count();
        PlantedBottleneck truth = truth(output);

        assertThat(slowed).isCloseTo(truth.affected(), Percentage.withPercentage(3));
        assertThat(longerThanAlone(output, output.activations().toList()))
                .isCloseTo(truth.msAtStake(), Percentage.withPercentage(3));
    }

    @Test
    void tellsTheSizesOfSeveralInTheOrderOfPlanting() {
        SimulationPlan plan = CALM.plant(new SimulatedBottleneck.ThrottledNamespace("crawler", 4))
                .plant(new SimulatedBottleneck.SlowInvoker(8, 2));

        assertThat(new SimulatedOutput(plan, SEED).simulation.truth())
                .extracting(PlantedBottleneck::subject)
                .containsExactly("crawler", "invoker8");
    }

    @Test
    void refusesWhatWouldBeNoBottleneck() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CALM.plant(new SimulatedBottleneck.SlowSequenceStep("shop/order", "shop/none", 2)))
                .withMessage("there is no sequence shop/order with shop/none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CALM.plant(new SimulatedBottleneck.SlowInvoker(10, 2)))
                .withMessage("there is no invoker10 among 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CALM.plant(new SimulatedBottleneck.ColdStartStorm("a", 1, Duration.ofMinutes(5))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CALM.on(CALM.platform().withControllers(4))
                        .plant(new SimulatedBottleneck.ThrashingPair("a", Duration.ofSeconds(10))));
    }

    private static SimulatedOutput planted(SimulatedBottleneck bottleneck) {
        return new SimulatedOutput(CALM.plant(bottleneck), SEED);
    }

    private static PlantedBottleneck truth(SimulatedOutput output) {
        return output.simulation.truth().get(0);
    }

    private static List<JsonNode> of(String path, List<JsonNode> bodies) {
        return bodies.stream()
                .filter(body -> body.get("name").asText().equals(path))
                .toList();
    }

    private static Set<String> names(List<JsonNode> bodies) {
        return bodies.stream()
                .map(body -> body.get("name").asText())
                .filter(name -> !name.startsWith("whisk.system/"))
                .collect(Collectors.toSet());
    }

    /** By how much these took longer together than they took where nothing was planted. */
    private static long longerThanAlone(SimulatedOutput output, List<JsonNode> bodies) {
        Map<String, Long> alone = runs(NOTHING);
        Map<String, Long> runs = runs(output);
        return bodies.stream()
                .map(body -> body.get("activationId").asText())
                .filter(alone::containsKey)
                .filter(runs::containsKey)
                .mapToLong(id -> runs.get(id) - alone.get(id))
                .sum();
    }

    /** By activation id, the run of all actions that are no sequences. */
    private static Map<String, Long> runs(SimulatedOutput output) {
        return output.activations()
                .filter(body -> !body.get("kind").asText().equals("sequence"))
                .collect(Collectors.toMap(
                        body -> body.get("activationId").asText(),
                        body -> body.get("duration").asLong()
                                - body.get("initTime").asLong(),
                        (one, other) -> one));
    }
}
