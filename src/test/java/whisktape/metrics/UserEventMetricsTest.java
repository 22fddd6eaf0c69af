package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import whisktape.OddMessages;

/** What is counted is what OpenWhisk's own user-events service has counted. */
final class UserEventMetricsTest {
    private static final Path SAMPLE = Path.of("src/test/resources/samples/main");

    static final String EVENT = "{\"source\":\"invoker0\",\"body\":{\"name\":\"guest/hello\","
            + "\"activationId\":\"a1484b6e79274812884b6e79274812c6\",\"statusCode\":0,\"duration\":3,\"waitTime\":42,"
            + "\"initTime\":0,\"kind\":\"nodejs:20\",\"conductor\":false,\"memory\":256},\"subject\":\"guest\","
            + "\"namespace\":\"guest\",\"userId\":\"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\","
            + "\"eventType\":\"Activation\",\"timestamp\":1795427079834}";

    private final UserEventMetrics metrics = new UserEventMetrics(Labelling.COMPATIBLE);

    @Test
    void equalsTheScrapeOfARealServiceSeriesBySeries() throws IOException {
        String scrape = unzipped("user-events-metrics.txt.gz");

        countSample(metrics);

        Map<String, String> expected = Exposition.series(scrape, line -> line.startsWith("openwhisk_action_"));
        Map<String, String> counted = Exposition.of(metrics);
        counted.keySet().removeIf(series -> !series.startsWith("openwhisk_action_"));
        assertThat(expected).hasSizeGreaterThan(2_000);
        assertThat(counted).isEqualTo(expected);
    }

    @Test
    void equalsItInTheGlobalFamiliesToo() throws IOException {
        String scrape = unzipped("user-events-metrics.txt.gz");

        countSample(metrics);

        // Kamon adds milliseconds, the Java client seconds: sums differ in the last bits. The lag is a matter of the
        // moment.
        Map<String, String> expected = Exposition.series(
                scrape,
                line -> line.matches("openwhisk_(userevents|namespace)_.*")
                        && !line.matches("\\w+_(sum|lag|bucket\\{.*) .*"));
        assertThat(expected).hasSizeGreaterThan(15);
        Map<String, String> counted = Exposition.of(metrics);
        counted.keySet().retainAll(expected.keySet());
        assertThat(counted).isEqualTo(expected);
    }

    @Test
    void hasTheFamiliesHelpAndTypesOfARealService() throws IOException {
        StringWriter text = new StringWriter();
        metrics.writeText(text);

        assertThat(text.toString().lines().filter(line -> line.matches("# \\w+ openwhisk_action_.*")))
                .containsExactlyInAnyOrderElementsOf(unzipped("user-events-metrics.txt.gz")
                        .lines()
                        .filter(line -> line.matches("# \\w+ openwhisk_action_.*"))
                        .toList());
    }

    @Test
    void anActionKeepsTheLabelsOfItsFirstEvent() {
        count(EVENT);
        count(EVENT.replace("\"namespace\":\"guest\"", "\"namespace\":\"other\"")
                .replace("nodejs:20", "python:3")
                .replace("\"memory\":256", "\"memory\":512,\"userDefinedStatusCode\":404"));

        String action = "action=\"hello\",initiator=\"guest\"";
        assertThat(Exposition.of(metrics))
                .containsEntry(
                        "openwhisk_action_activations_total{" + action
                                + ",kind=\"nodejs:20\",memory=\"256\",namespace=\"guest\"}",
                        "2.0")
                .containsEntry("openwhisk_action_memory{" + action + ",namespace=\"guest\"}", "512.0")
                .containsEntry(
                        "openwhisk_action_status_code{action=\"hello\",initiator=\"other\",namespace=\"guest\","
                                + "status_code=\"404\"}",
                        "1.0");
    }

    @Test
    void improvedEachEventHasItsOwnLabelsAndTimesAreResolvedUpToFiveMinutes() {
        UserEventMetrics improved = new UserEventMetrics(Labelling.IMPROVED);
        List.of(
                        EVENT,
                        EVENT.replace("\"namespace\":\"guest\"", "\"namespace\":\"other\""),
                        EVENT.replace("\"initTime\":0", "\"initTime\":45000")
                                .replace("\"duration\":3", "\"duration\":45001")
                                .replace("invoker0", "invoker7"))
                .forEach(event -> improved.count(event.getBytes(UTF_8)));

        assertThat(Exposition.of(improved))
                .containsEntry(
                        "openwhisk_action_activations_total{action=\"hello\",cold=\"false\",initiator=\"other\","
                                + "invoker=\"invoker0\",kind=\"nodejs:20\",memory=\"256\",namespace=\"guest\"}",
                        "1.0")
                .containsEntry(bucket("initTime", "30.0"), "0.0")
                .containsEntry(bucket("initTime", "45.0"), "1.0")
                .containsEntry(
                        "openwhisk_action_duration_seconds_bucket{action=\"hello\",cold=\"true\",initiator=\"guest\","
                                + "invoker=\"invoker7\",le=\"60.0\",namespace=\"guest\"}",
                        "1.0");
    }

    @Test
    void whatUserEventsDropsOrFailsAtIsCountedAndStopsNothing() {
        OddMessages.all().values().forEach(odd -> metrics.count(odd.value()));
        count(EVENT);

        Map<String, String> series = Exposition.of(metrics);
        assertThat(series).containsEntry("whisktape_events_total{result=\"poison\"}", "3.0");
        double all = List.of("counted", "ignored", "poison").stream()
                .mapToDouble(
                        result -> Double.parseDouble(series.get("whisktape_events_total{result=\"" + result + "\"}")))
                .sum();
        assertThat(all).isEqualTo(OddMessages.all().size() + 1.0);
    }

    private static String bucket(String time, String bound) {
        return "openwhisk_action_" + time
                + "_seconds_bucket{action=\"hello\",initiator=\"guest\",invoker=\"invoker7\",le=\"" + bound
                + "\",namespace=\"guest\"}";
    }

    private void count(String event) {
        metrics.count(event.getBytes(UTF_8));
    }

    private static void countSample(UserEventMetrics metrics) throws IOException {
        sampleValues().forEach(metrics::count);
    }

    /** The messages that the real service has read. */
    static Stream<byte[]> sampleValues() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<byte[]> values = new ArrayList<>();
        for (String message : unzipped("events.jsonl.gz").lines().toList()) {
            values.add(json.readTree(message).path("payload").textValue().getBytes(UTF_8));
        }
        return values.stream();
    }

    static String unzipped(String file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(SAMPLE.resolve(file)))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
