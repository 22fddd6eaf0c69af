package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final SimulationPlan PLAN = SimulationPlan.ofEverything().lasting(Duration.ofMinutes(4));
    private static final SimulatedOutput OUTPUT = new SimulatedOutput(PLAN, 11);
    private static final SimulatedOutput WITHOUT_DUPLICATES =
            new SimulatedOutput(PLAN.under(PLAN.conditions().withDuplicates(0)), 11);

    @Test
    void givesTheSameBytesForTheSameSeed() {
        byte[] once = bytes(PLAN.lasting(Duration.ofSeconds(90)), 5);

        assertThat(once).isNotEmpty().isEqualTo(bytes(PLAN.lasting(Duration.ofSeconds(90)), 5));
        assertThat(once).isNotEqualTo(bytes(PLAN.lasting(Duration.ofSeconds(90)), 6));
    }

    @Test
    void neverStepsBackInTrueTime() {
        assertThat(OUTPUT.emissions).isSortedAccordingTo((one, other) -> Long.compare(one.timeMs(), other.timeMs()));
    }

    @Test
    void endsEveryCallThatItAdmitsInExactlyOneEvent() {
        List<String> ids = WITHOUT_DUPLICATES
                .activations()
                .map(body -> body.get("activationId").asText())
                .toList();
        long fromOutside = WITHOUT_DUPLICATES
                .activations()
                .filter(body -> !body.has("causedBy"))
                .filter(body -> !body.get("name").asText().startsWith("whisk.system/"))
                .count();
        SimulationCounts counts = WITHOUT_DUPLICATES.simulation.counts();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(fromOutside).isEqualTo(counts.accepted());
        assertThat(WITHOUT_DUPLICATES.metrics("ConcurrentInvocations")).hasSize((int) counts.accepted());
        assertThat(counts.inFlight()).isZero();
        assertThat(WITHOUT_DUPLICATES.simulation.invokers())
                .allSatisfy(invoker -> assertThat(invoker.waiting()).isZero());
    }

    @Test
    void sendsAnEventForEveryRefusal() {
        int refusals = WITHOUT_DUPLICATES.metrics("ConcurrentRateLimit").size()
                + WITHOUT_DUPLICATES.metrics("TimedRateLimit").size();

        assertThat(refusals).isPositive().isEqualTo((int)
                WITHOUT_DUPLICATES.simulation.counts().refused());
    }

    @Test
    void writesADocumentForEveryEventAndForTriggersBesides() {
        Map<String, JsonNode> documents = OUTPUT.documentsById();
        Map<String, JsonNode> events = new HashMap<>();
        OUTPUT.activations().forEach(body -> events.put(body.get("activationId").asText(), body));

        assertThat(OUTPUT.documents()).hasSameSizeAs(documents.keySet());
        assertThat(documents.keySet()).containsAll(events.keySet());
        documents.forEach((id, document) -> {
            if (document.get("end").asLong() == 0) {
                assertThat(events).doesNotContainKey(id);
                return;
            }
            JsonNode event = events.get(id);
            assertThat(document.get("_id").asText())
                    .isEqualTo(document.get("namespace").asText() + "/" + id);
            assertThat(document.get("duration")).isEqualTo(event.get("duration"));
            assertThat(document.get("response").get("statusCode")).isEqualTo(event.get("statusCode"));
            assertThat(SimulatedOutput.annotation(document, "waitTime")).isEqualTo(event.get("waitTime"));
            assertThat(SimulatedOutput.annotation(document, "initTime").asLong(0))
                    .isEqualTo(event.get("initTime").asLong());
        });
    }

    @Test
    void givesSequencesTheSumOfTheirComponents() {
        Map<String, JsonNode> documents = OUTPUT.documentsById();
        List<JsonNode> sequences = OUTPUT.documents()
                .filter(document ->
                        SimulatedOutput.annotation(document, "kind").asText().equals("sequence"))
                .toList();

        assertThat(sequences).hasSizeGreaterThan(100).allSatisfy(sequence -> {
            long sum = 0;
            for (JsonNode id : sequence.get("logs")) {
                JsonNode component = documents.get(id.asText());
                assertThat(component.get("cause")).isEqualTo(sequence.get("activationId"));
                sum += component.get("duration").asLong();
            }
            assertThat(sequence.get("duration").asLong()).isEqualTo(sum);
        });
    }

    @Test
    void linksEveryRuleThatWorkedToItsActivation() {
        Map<String, JsonNode> documents = OUTPUT.documentsById();
        List<JsonNode> rules = OUTPUT.documents()
                .filter(document -> document.get("end").asLong() == 0)
                .flatMap(document -> StreamSupport.stream(document.get("logs").spliterator(), false))
                .map(log -> SimulatedOutput.read(log.asText()))
                .toList();

        assertThat(rules).anyMatch(rule -> !rule.get("success").asBoolean());
        assertThat(rules)
                .filteredOn(rule -> rule.get("success").asBoolean())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(documents
                                .get(rule.get("activationId").asText())
                                .get("name")
                                .asText())
                        .isEqualTo(rule.get("action").asText().replaceFirst(".*/", "")));
    }

    @Test
    void neverTakesMoreMemoryThanAnInvokerHas() {
        int total = PLAN.platform().invokerMemoryMb();

        assertThat(OUTPUT.simulation.invokers())
                .allSatisfy(invoker ->
                        assertThat(invoker.pool().peakMb()).isPositive().isLessThanOrEqualTo(total))
                .anySatisfy(invoker -> assertThat(invoker.pool().peakMb()).isEqualTo(total));
    }

    @Test
    void sendsSomeEventsTwiceIfAskedTo() {
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(4));
        SimulatedOutput output =
                new SimulatedOutput(plan.under(plan.conditions().withDuplicates(0.05)), 2);
        Set<String> seen = new HashSet<>();
        long twice = output.activations()
                .filter(body -> !seen.add(body.get("activationId").asText()))
                .count();

        assertThat(twice / (double) seen.size()).isBetween(0.03, 0.07);
    }

    @Test
    void storesOnlyFailuresIfAskedTo() {
        SimulatedOutput output = new SimulatedOutput(
                PLAN.under(PLAN.conditions().withStoreLevel(SimulationConditions.StoreLevel.FAILURES)), 11);

        assertThat(output.documents())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(
                                document.get("response").get("statusCode").asInt())
                        .isPositive());
        assertThat(output.events().count()).isEqualTo(OUTPUT.events().count());
    }

    @Test
    void letsNothingOutWhileItWarmsUp() {
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(3));
        long from = plan.start().plus(plan.warmUp()).toEpochMilli();
        SimulatedOutput output = new SimulatedOutput(plan, 4);

        assertThat(output.emissions)
                .isNotEmpty()
                .allSatisfy(emission -> assertThat(emission.timeMs()).isGreaterThanOrEqualTo(from));
    }

    @Test
    void showsClocksThatDiffer() {
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(4));
        SimulatedOutput exact = new SimulatedOutput(plan, 8);
        SimulatedOutput skewed =
                new SimulatedOutput(plan.under(plan.conditions().withClockSkew(50)), 8);

        assertThat(exact.activations()).noneMatch(body -> body.get("waitTime").asLong() < 0);
        assertThat(skewed.activations()).anyMatch(body -> body.get("waitTime").asLong() < 0);
        assertThat(skewed.activations().map(body -> body.get("duration")).toList())
                .isEqualTo(exact.activations().map(body -> body.get("duration")).toList());
    }

    @Test
    void slowsAClosedClientDownWithWhatItCalls() {
        assertThat(callsOfOneClient(200)).isBetween(140L, 148L);
        assertThat(callsOfOneClient(2_000)).isBetween(20L, 31L);
    }

    @Test
    void swingsWithTheDay() {
        SimulationPlan plan = SimulationPlan.empty()
                .lasting(Duration.ofDays(1))
                .with(SimulatedNamespace.of("guest"))
                .with(SimulatedAction.primitive("guest/a", SimulatedTime.fixed(5)))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("guest", "guest/a"), 0.2, 0.8));
        Map<Boolean, Long> byHalf = new SimulatedOutput(plan, 1)
                .metrics("ConcurrentInvocations").stream()
                        .collect(Collectors.partitioningBy(
                                event -> event.get("timestamp").asLong()
                                        < plan.start()
                                                .plus(Duration.ofHours(12))
                                                .toEpochMilli(),
                                Collectors.counting()));

        // Over half a day the mean of the swing is 2 * 0.8 / pi.
        assertThat(byHalf.get(true) / (double) byHalf.get(false)).isBetween(2.8, 3.4);
    }

    @Test
    void keepsNothingButWhatIsInFlight() {
        Simulation simulation = Simulation.of(SimulationPlan.calm().lasting(Duration.ofHours(2)), 1);
        long mostInFlight = 0;
        for (long i = 0; simulation.hasNext(); i++) {
            simulation.next();
            if (i % 1_000 == 0) {
                mostInFlight = Math.max(mostInFlight, simulation.pending());
            }
        }

        assertThat(mostInFlight).isBetween(20L, 500L);
        assertThat(simulation.pending()).isZero();
    }

    @Test
    void leavesTheWorkOfACallAloneWhateverElseIsPlanned() {
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(5));
        SimulationPlan crowded =
                plan.plant(new SimulatedBottleneck.SaturatedPool("studio", 240, Duration.ofMinutes(2)));
        Map<String, Long> alone = runs(new SimulatedOutput(plan, 9));
        Map<String, Long> inACrowd = runs(new SimulatedOutput(crowded, 9));
        inACrowd.keySet().retainAll(alone.keySet());

        assertThat(inACrowd).hasSizeGreaterThan(alone.size() * 9 / 10);
        // Up to the millisecond, into which clocks cut.
        assertThat(inACrowd).allSatisfy((id, run) -> assertThat(run).isBetween(alone.get(id) - 1, alone.get(id) + 1));
    }

    @Test
    void refusesToCallWhatIsNotThere() {
        SimulationPlan plan = SimulationPlan.empty().with(SimulatedNamespace.of("guest"));
        SimulatedLoad load = new SimulatedLoad.Open(SimulatedTarget.of("guest", "guest/none"), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.of(plan.with(load), 1))
                .withMessage("nothing is deployed as guest/none");
    }

    @Test
    void isOverWhenNothingIsPlanned() {
        SimulationPlan plan = SimulationPlan.empty();
        Simulation simulation = Simulation.of(plan.under(plan.conditions().withProbesEvery(Duration.ZERO)), 1);

        assertThat(simulation.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(simulation::next);
    }

    private static long callsOfOneClient(double runMs) {
        SimulationPlan plan = SimulationPlan.empty()
                .lasting(Duration.ofMinutes(1))
                .with(SimulatedNamespace.of("guest"))
                .with(SimulatedAction.primitive("guest/a", SimulatedTime.fixed(runMs)))
                .with(new SimulatedLoad.Closed(SimulatedTarget.of("guest", "guest/a"), 1, SimulatedTime.fixed(200)));
        return new SimulatedOutput(plan, 1).activationsOf("guest/a").size();
    }

    /** By activation id, the run of actions that are no sequences. */
    private static Map<String, Long> runs(SimulatedOutput output) {
        return output.activations()
                .filter(body -> !body.get("kind").asText().equals("sequence"))
                .collect(Collectors.toMap(
                        body -> body.get("activationId").asText(),
                        body -> body.get("duration").asLong()
                                - body.get("initTime").asLong()));
    }

    private static byte[] bytes(SimulationPlan plan, long seed) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Emission emission : new SimulatedOutput(plan, seed).emissions) {
            all.writeBytes(
                    emission instanceof SimulatedEvent event ? event.value() : ((SimulatedDocument) emission).text());
            all.write('\n');
        }
        return all.toByteArray();
    }
}
