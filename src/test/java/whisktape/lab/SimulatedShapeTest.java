package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.source.EventParser;

/**
 * What the simulation lets out has the shapes of what a real OpenWhisk did: {@code events.jsonl} and {@code documents.jsonl} hold
 * the shortest example of each shape that was seen there.
 */
class SimulatedShapeTest {
    private static final SimulatedOutput OUTPUT =
            new SimulatedOutput(SimulationPlan.ofEverything().lasting(Duration.ofMinutes(5)), 3);

    /** Events that the real samples happen not to have: a component that timed out or crashed. */
    private static final Set<String> FURTHER_EVENTS = Set.of(
            "{body:{activationId:s,causedBy:s,conductor:b,duration:i,initTime:i,kind:s,memory:i,name:s,statusCode:i,"
                    + "waitTime:i},eventType:s,namespace:s,source:s,subject:s,timestamp:i,userId:s}");

    @Test
    void eventsAreOfTheShapesOfRealOnes() throws IOException {
        Set<String> real = shapes(samples("events.jsonl").stream());
        Set<String> simulated = shapes(OUTPUT.events());

        assertThat(simulated).containsAll(real);
        simulated.removeAll(real);
        assertThat(FURTHER_EVENTS).containsAll(simulated);
    }

    @Test
    void documentsAreOfTheShapesOfRealOnes() throws IOException {
        List<JsonNode> samples = samples("documents.jsonl");
        Set<String> real = shapes(samples.stream());
        Set<String> simulated = shapes(OUTPUT.documents());

        // A whole platform that is stopped under load, whose sequences know of no component, is not simulated.
        real.removeIf(shape -> shape.contains("[topmost:b,path:s,kind:s,waitTime:i]"));
        assertThat(simulated).containsAll(real);
        // What is not among the real ones has only fewer fields: no size where the platform answered.
        Set<String> realButForSize =
                real.stream().map(shape -> shape.replace(",size:i", "")).collect(Collectors.toSet());
        assertThat(simulated.stream().map(shape -> shape.replace(",size:i", "")))
                .isSubsetOf(realButForSize);
    }

    @Test
    void whatIsRealIsRecognisedAsOtherwiseThisTestProvesNothing() {
        JsonNode document = OUTPUT.documents().findFirst().orElseThrow();

        assertThat(shape(document))
                .startsWith("{_id:s,activationId:s,annotations:[")
                .doesNotContain("_rev");
        assertThat(shape(SimulatedOutput.read("{\"b\":1,\"a\":null}"))).isEqualTo("{b:i,a:n}");
    }

    @Test
    void textsAreWrittenWithoutASpaceAsRealOnesAre() {
        assertThat(OUTPUT.emissions).allSatisfy(emission -> {
            byte[] text =
                    emission instanceof SimulatedEvent event ? event.value() : ((SimulatedDocument) emission).text();
            assertThat(new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(SimulatedOutput.read(text).toString());
        });
    }

    @Test
    void ourParserFindsNothingOddInEvents() {
        EventParser parser = new EventParser();

        assertThat(OUTPUT.events()).allSatisfy(event -> {
            var parsed = parser.parse(Fixtures.message(0, 0, 0, event.toString()));
            assertThat(parsed.body()).isNotInstanceOf(EventBody.Unreadable.class);
            assertThat(parsed.oddFields()).isNull();
            assertThat(parsed.poison()).isNull();
        });
    }

    @Test
    void namesThatNeedItAreEscaped() {
        String name = "guest/<img src=\"x\" onerror='\\'>\u00e9";
        SimulationPlan plan = SimulationPlan.empty()
                .with(SimulatedNamespace.of("guest"))
                .with(SimulatedAction.primitive(name, SimulatedTime.fixed(5)))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("guest", name), 1));

        SimulatedOutput output = new SimulatedOutput(plan, 1);

        assertThat(output.activationsOf(name)).isNotEmpty();
        assertThat(output.documents())
                .anySatisfy(document -> assertThat(
                                SimulatedOutput.annotation(document, "path").asText())
                        .isEqualTo(name));
    }

    private static List<JsonNode> samples(String file) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/lab", file)).stream()
                .map(SimulatedOutput::read)
                .toList();
    }

    private static Set<String> shapes(Stream<JsonNode> texts) {
        return texts.map(SimulatedShapeTest::shape).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keys in their order with the types of their values; what users wrote, and the revision, left out. */
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            List<String> fields = new ArrayList<>();
            node.properties().forEach(field -> {
                switch (field.getKey()) {
                    case "_rev" -> {}
                    case "result", "logs" -> fields.add(field.getKey());
                    case "annotations" -> fields.add("annotations:" + annotations(field.getValue()));
                    default -> fields.add(field.getKey() + ":" + shape(field.getValue()));
                }
            });
            return fields.stream().collect(Collectors.joining(",", "{", "}"));
        }
        return switch (node.getNodeType()) {
            case NUMBER -> node.isIntegralNumber() ? "i" : "f";
            case STRING -> "s";
            case BOOLEAN -> "b";
            case NULL -> "n";
            default -> node.getNodeType().toString();
        };
    }

    private static String annotations(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.get("key").asText() + ":" + shape(each.get("value")))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
