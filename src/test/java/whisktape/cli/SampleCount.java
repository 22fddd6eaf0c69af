package whisktape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what is in the lines of a sample, straight from their JSON: no parser, no column and no SQL of ours. */
final class SampleCount {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> events = new HashMap<>();
    private final Map<String, JsonNode> documents = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    static Map<String, Long> of(List<String> events, List<String> documents) throws IOException {
        SampleCount count = new SampleCount();
        for (String line : events) {
            JsonNode event =
                    count.json.readTree(count.json.readTree(line).get("payload").asText());
            if (event.get("eventType").asText().equals("Activation")) {
                count.events.putIfAbsent(event.get("body").get("activationId").asText(), event);
            }
        }
        for (String line : documents) {
            JsonNode document = count.json.readTree(line);
            count.documents.put(document.get("activationId").asText(), document);
        }
        count.countAll();
        return count.counts;
    }

    private void countAll() throws IOException {
        Set<String> ids = new LinkedHashSet<>(events.keySet());
        ids.addAll(documents.keySet());
        List<Long> lags = new ArrayList<>();
        for (String id : ids) {
            JsonNode event = events.getOrDefault(id, MissingNode.getInstance());
            JsonNode document = documents.getOrDefault(id, MissingNode.getInstance());
            add(event.isMissingNode() ? "couchdb" : document.isMissingNode() ? "events" : "both", 1);
            count(event.path("body"), event.path("namespace").asText(), document);
            if (event.has("timestamp") && document.path("end").asLong() > 0) {
                lags.add(event.get("timestamp").asLong() - document.get("end").asLong());
            }
        }
        lags.sort(null);
        add("median lag", Math.round((lags.get((lags.size() - 1) / 2) + lags.get(lags.size() / 2)) / 2.0));
    }

    private void count(JsonNode event, String invoking, JsonNode document) throws IOException {
        boolean isEvent = !event.isMissingNode();
        Map<String, JsonNode> notes = new HashMap<>();
        document.path("annotations").forEach(note -> notes.put(note.get("key").asText(), note.get("value")));
        String kind = isEvent ? event.get("kind").asText() : text(notes.get("kind"));
        String causedBy = isEvent ? event.path("causedBy").asText() : text(notes.get("causedBy"));
        String path = isEvent ? event.get("name").asText() : text(notes.get("path"));
        boolean isConductor = isEvent ? event.get("conductor").asBoolean() : notes.containsKey("conductor");
        String namespace = isEvent ? invoking : document.get("namespace").asText();
        String called = path.startsWith("whisk.system/invokerHealthTest") && namespace.equals("whisk.system")
                ? "probe"
                : path.isEmpty()
                        ? "trigger"
                        : isConductor
                                ? "composition"
                                : kind.equals("sequence")
                                        ? "sequence"
                                        : causedBy.equals("sequence") ? "component" : "single";
        long duration = isEvent
                ? event.get("duration").asLong()
                : document.path("duration").asLong();
        long init = isEvent ? event.get("initTime").asLong() : number(notes.get("initTime"));
        long status = isEvent
                ? event.get("statusCode").asLong()
                : document.get("response").get("statusCode").asLong();
        boolean isCold = init > 0 || notes.containsKey("initTime");
        boolean neverRan = duration == 0 && !isCold && status >= 2;

        add(called, 1);
        add(called + " cold", isCold ? 1 : 0);
        add(called + " wait", isEvent ? event.get("waitTime").asLong() : number(notes.get("waitTime")));
        add(called + " init", init);
        add(called + " run", duration - init);
        add(called + " never ran", neverRan ? 1 : 0);
        add(called + " failed", status == 0 ? 0 : 1);
        add(
                called + " components",
                kind.equals("sequence") ? document.path("logs").size() : 0);
        add(called + " rules", called.equals("trigger") ? document.get("logs").size() : 0);
        add(
                called + " wall",
                kind.equals("sequence")
                        ? document.path("end").asLong() - document.path("start").asLong()
                        : 0);
        add("timed out", notes.containsKey("timeout") && notes.get("timeout").asBoolean() ? 1 : 0);
    }

    private void add(String name, long number) {
        counts.merge(name, number, Long::sum);
    }

    private static String text(JsonNode value) {
        return value == null ? "" : value.asText();
    }

    private static long number(JsonNode value) {
        return value == null ? 0 : value.asLong();
    }
}
