package whisktape.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that a simulation lets out, read again. */
final class SimulatedOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Simulation simulation;
    final List<Emission> emissions = new ArrayList<>();

    SimulatedOutput(SimulationPlan plan, long seed) {
        simulation = Simulation.of(plan, seed);
        simulation.forEachRemaining(emissions::add);
    }

    /** All events, each read when it is its turn: trees take far more memory than texts. */
    Stream<JsonNode> events() {
        return emissions.stream()
                .filter(SimulatedEvent.class::isInstance)
                .map(event -> read(((SimulatedEvent) event).value()));
    }

    /** All documents. */
    Stream<JsonNode> documents() {
        return emissions.stream()
                .filter(SimulatedDocument.class::isInstance)
                .map(document -> read(((SimulatedDocument) document).text()));
    }

    /** Bodies of activation events. */
    Stream<JsonNode> activations() {
        return events().map(event -> event.get("body")).filter(body -> body.has("activationId"));
    }

    /** Bodies of the activation events of one action. */
    List<JsonNode> activationsOf(String path) {
        return activations()
                .filter(body -> body.get("name").asText().equals(path))
                .toList();
    }

    /** Activation events by who sent them. */
    List<JsonNode> activationsFrom(String source) {
        return events().filter(event -> event.get("source").asText().equals(source))
                .map(event -> event.get("body"))
                .filter(body -> body.has("activationId"))
                .toList();
    }

    /** Metric events of one name. */
    List<JsonNode> metrics(String name) {
        return events().filter(
                        event -> event.get("body").path("metricName").asText().equals(name))
                .toList();
    }

    Map<String, JsonNode> documentsById() {
        Map<String, JsonNode> byId = new HashMap<>();
        documents().forEach(document -> byId.put(document.get("activationId").asText(), document));
        return byId;
    }

    static JsonNode annotation(JsonNode document, String key) {
        for (JsonNode annotation : document.get("annotations")) {
            if (annotation.get("key").asText().equals(key)) {
                return annotation.get("value");
            }
        }
        return JSON.missingNode();
    }

    static long sum(List<JsonNode> bodies, String field) {
        return bodies.stream().mapToLong(body -> body.get(field).asLong()).sum();
    }

    /** The middle one. */
    static long median(List<JsonNode> bodies, String field) {
        long[] sorted = bodies.stream()
                .mapToLong(body -> body.get(field).asLong())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
