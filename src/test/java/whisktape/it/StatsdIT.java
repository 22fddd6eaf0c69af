package whisktape.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.cli.CommandRun;
import whisktape.metrics.Exposition;

/** From a recording to a real StatsD, and on to Graphite's carbon; compared with what a real user-events service has counted. */
@Timeout(180)
class StatsdIT {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final String KAMON = "user-events.whisktape.";

    @TempDir
    private static Path shared;

    private static Path recording;

    /** Of the actions' series, those that are not 0. */
    private static Map<String, Double> scrape;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeRecording() throws IOException {
        recording = SampleRecording.into(shared.resolve("recording"));
        Path file = Path.of("src/test/resources/samples/main/user-events-metrics.txt.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            scrape = Exposition.series(
                            new String(in.readAllBytes(), UTF_8), line -> line.startsWith("openwhisk_action_"))
                    .entrySet()
                    .stream()
                    .filter(series -> Double.parseDouble(series.getValue()) != 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, series -> Double.valueOf(series.getValue())));
        }
    }

    @Test
    void statsdHoldsWhatUserEventsHasCounted() throws Exception {
        try (StatsdServer statsd = StatsdServer.start(folder)) {
            JsonNode result = replay(statsd, "--speed", "30");
            statsd.awaitMetrics(result.get("metrics").asLong());

            assertThat(result.get("sent").asInt()).isEqualTo(SampleRecording.EVENTS);
            Map<String, Double> counters = statsd.counters();
            assertThat(counters)
                    .containsEntry("statsd.bad_lines_seen", 0.0)
                    .containsEntry(
                            KAMON + "openwhisk_userevents_global_activations", (double) SampleRecording.ACTIVATIONS);
            assertThat(only("openwhisk_action_", counters)).isEqualTo(counters(StatsdIT::inName));
            assertThat(sums(only("openwhisk_action_", statsd.timers()))).isEqualTo(distributions(StatsdIT::inName));
            assertThat(only("openwhisk_action_", statsd.gauges()))
                    .isEqualTo(series("openwhisk_action_memory", "openwhisk_action_memory", StatsdIT::inName));
        }
    }

    /** This StatsD makes Graphite's tags of DogStatsD's. */
    @Test
    void aReaderOfDatadogsTagsHoldsThemToo() throws Exception {
        try (StatsdServer statsd = StatsdServer.start(folder)) {
            JsonNode result = replay(statsd, "--speed", "30", "--statsd-tags", "datadog");
            statsd.awaitMetrics(result.get("metrics").asLong());

            Map<String, Double> counters = statsd.counters();
            assertThat(counters).containsEntry("statsd.bad_lines_seen", 0.0);
            // It knows no histograms of Datadog's and takes their type for a counter's.
            counters.keySet().removeIf(name -> !name.startsWith("openwhisk.action.") || name.contains("responseSize"));
            assertThat(counters).isEqualTo(counters(StatsdIT::asTags));
        }
    }

    @Test
    void graphiteKeepsThem() throws Exception {
        try (CarbonCache carbon = CarbonCache.start(folder);
                StatsdServer statsd = StatsdServer.start(folder, carbon)) {
            replay(statsd, "--speed", "30", "--where", "action LIKE 'guest/%' or body_type = 'metric'");

            String activations = "openwhisk_action_activations";
            Map<String, Double> counted =
                    series("openwhisk_action_activations_total", activations, StatsdIT::inName).entrySet().stream()
                            .filter(series -> series.getKey().endsWith(".namespace.guest"))
                            .collect(Collectors.toMap(
                                    series -> series.getKey().substring(KAMON.length() + activations.length() + 1),
                                    Map.Entry::getValue));
            assertThat(counted).hasSizeGreaterThan(10);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(carbon.sums("stats.counters." + KAMON + activations, "count"))
                            .isEqualTo(counted));
            String waiting = ".action.hello.initiator.guest.namespace.guest";
            assertThat(carbon.sums("stats.timers." + KAMON + "openwhisk_action_waitTime" + waiting, "sum"))
                    .containsOnly(Map.entry(
                            "",
                            distributions(StatsdIT::inName)
                                    .get(KAMON + "openwhisk_action_waitTime" + waiting)
                                    .get(1)));
        }
    }

    @Test
    void hostileNamesMakeNoMetricsOfTheirOwn() throws Exception {
        List<String> names = List.of(
                "a:1|c\\nforged:9|c",
                "forged:9|c|#x:y,z@0.1",
                "\\u0000\\u00e9\\ud83d\\ude00",
                "forged;a=b",
                "../../forged");
        List<Message> messages = new ArrayList<>();
        for (String name : names) {
            messages.add(Fixtures.message(
                    0,
                    messages.size(),
                    1_767_604_500_000L,
                    OddMessages.withBodyField("kind", '"' + name + '"')
                            .replace("\"namespace\":\"guest\"", "\"namespace\":\"" + name + '"')
                            .replace("guest/hello", "guest/hello" + messages.size())));
        }
        Fixtures.recording(folder.resolve("hostile"), messages);
        try (StatsdServer statsd = StatsdServer.start(folder)) {
            CommandRun run = CommandRun.of(
                    "replay", folder.resolve("hostile").toString(), "--to-statsd", statsd.address(), "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            statsd.awaitMetrics(
                    new ObjectMapper().readTree(run.out()).get("metrics").asLong());

            assertThat(statsd.counters())
                    .containsEntry("statsd.bad_lines_seen", 0.0)
                    .containsEntry(KAMON + "openwhisk_userevents_global_activations", (double) names.size());
            assertThat(statsd.counters().keySet())
                    .allMatch(name -> name.matches("(statsd\\.|" + KAMON + "openwhisk_).*"));
            assertThat(statsd.timers().keySet()).allMatch(name -> name.startsWith(KAMON + "openwhisk_"));
        }
    }

    @Test
    void endsWhereStatsdGoesAway() throws Exception {
        try (StatsdServer statsd = StatsdServer.start(folder);
                WhisktapeProcess replay = new WhisktapeProcess(
                        folder, List.of(), "replay", recording.toString(), "--to-statsd", statsd.address(), "--json")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> statsd.counters().containsKey(KAMON + "openwhisk_userevents_global_activations"));
            statsd.kill();

            assertThat(replay.exitCode()).isEqualTo(1);
            assertThat(replay.err())
                    .contains("did not arrive in StatsD at " + statsd.address()
                            + ", the first of them recorded at partition 0")
                    .contains("nobody listens at that UDP port");
            JsonNode result = new ObjectMapper().readTree(replay.out());
            assertThat(result.get("failed").asInt()).isPositive();
            assertThat(result.get("sent").asInt()
                            + result.get("failed").asInt()
                            + result.get("skipped").asInt())
                    .isEqualTo(SampleRecording.EVENTS);
        }
    }

    private static JsonNode replay(StatsdServer statsd, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("replay", recording.toString(), "--to-statsd", statsd.address(), "--json"));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static Map<String, Double> counters(UnaryOperator<String> naming) {
        Map<String, Double> counters = new TreeMap<>();
        for (String family : List.of("activations", "coldStarts", "limit_concurrent", "limit_timed")) {
            counters.putAll(series("openwhisk_action_" + family + "_total", "openwhisk_action_" + family, naming));
        }
        counters.putAll(series("openwhisk_action_status", "openwhisk_action_status", naming));
        counters.putAll(series("openwhisk_action_status_code", "openwhisk_action_statusCode", naming));
        return counters;
    }

    /** How many values there are, and what they add up to. */
    private static Map<String, List<Double>> distributions(UnaryOperator<String> naming) {
        Map<String, List<Double>> all = new TreeMap<>();
        Map.of(
                        "waitTime_seconds", "waitTime",
                        "initTime_seconds", "initTime",
                        "duration_seconds", "duration",
                        "response_size_bytes", "responseSize")
                .forEach((family, kamons) -> {
                    String name = "openwhisk_action_" + kamons;
                    double unit = family.endsWith("seconds") ? 1000 : 1;
                    Map<String, Double> sums = series("openwhisk_action_" + family + "_sum", name, naming);
                    series("openwhisk_action_" + family + "_count", name, naming)
                            .forEach((series, count) ->
                                    all.put(series, List.of(count, Math.rint(sums.getOrDefault(series, 0.0) * unit))));
                });
        return all;
    }

    /** What the real service has of a family, under the name that Kamon gives it. */
    private static Map<String, Double> series(String family, String kamons, UnaryOperator<String> naming) {
        Map<String, Double> found = new TreeMap<>();
        scrape.forEach((series, value) -> {
            if (series.startsWith(family + "{")) {
                String renamed = kamons + series.substring(family.length());
                found.put(
                        naming.apply(renamed.replace("{status_code=", "{userDefinedStatusCode=")
                                .replace(",status_code=", ",userDefinedStatusCode=")),
                        value);
            }
        });
        return found;
    }

    /** As Kamon's StatsD reporter names a series of Prometheus'. */
    private static String inName(String series) {
        StringBuilder name = new StringBuilder(KAMON + series.substring(0, series.indexOf('{')));
        labels(series)
                .forEach((label, value) -> name.append('.')
                        .append(label)
                        .append('.')
                        .append(value.replace(':', '-').replaceAll("[ /.]", "_")));
        return name.toString();
    }

    /** The same with Datadog's tags, as StatsD hands them on to Graphite. */
    private static String asTags(String series) {
        StringBuilder name = new StringBuilder(
                        series.substring(0, series.indexOf('{')).replace('_', '.'))
                .append(";service=user-events");
        labels(series)
                .forEach((label, value) -> name.append(';')
                        .append(label)
                        .append('=')
                        .append(value.replace(":", "").replace('/', '-')));
        return name.toString();
    }

    private static Map<String, String> labels(String series) {
        Map<String, String> labels = new TreeMap<>();
        for (Matcher label = LABEL.matcher(series); label.find(); ) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static <T> Map<String, T> only(String family, Map<String, T> all) {
        Map<String, T> some = new TreeMap<>(all);
        some.keySet().removeIf(name -> !name.startsWith(KAMON + family));
        return some;
    }

    private static Map<String, List<Double>> sums(Map<String, List<Double>> timers) {
        Map<String, List<Double>> sums = new TreeMap<>();
        timers.forEach((name, values) -> sums.put(
                name,
                List.of(
                        (double) values.size(),
                        values.stream().mapToDouble(Double::doubleValue).sum())));
        return sums;
    }
}
