package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import whisktape.OddMessages;

final class StatsdMetricsTest {
    private static final String COLD = UserEventMetricsTest.EVENT
            .replace("\"duration\":3", "\"duration\":312")
            .replace("\"initTime\":0", "\"initTime\":289,\"size\":27,\"userDefinedStatusCode\":404")
            .replace("\"statusCode\":0", "\"statusCode\":1")
            .replace("\"name\":\"guest/hello\"", "\"name\":\"acme/billing/make.Invoice\"");

    private final StatsdMetrics plain = new StatsdMetrics(StatsdTags.NONE);
    private final StatsdMetrics datadog = new StatsdMetrics(StatsdTags.DATADOG);

    @Test
    void tagsAreInTheNamesAsKamonPutsThemThere() {
        String action = ".action.billing_make_Invoice.initiator.guest";
        String prefix = "user-events.whisktape.openwhisk_";
        assertThat(lines(plain, COLD))
                .containsExactly(
                        prefix + "action_activations" + action + ".kind.nodejs-20.memory.256.namespace.acme:1|c",
                        prefix + "action_coldStarts" + action + ".namespace.acme:1|c",
                        prefix + "action_initTime" + action + ".namespace.acme:289|ms",
                        prefix + "action_waitTime" + action + ".namespace.acme:42|ms",
                        prefix + "action_duration" + action + ".namespace.acme:312|ms",
                        prefix + "action_status" + action + ".namespace.acme.status.application_error:1|c",
                        prefix + "action_responseSize" + action + ".namespace.acme:27|ms",
                        prefix + "action_statusCode" + action + ".namespace.acme.userDefinedStatusCode.404:1|c",
                        prefix + "action_memory" + action + ".namespace.acme:256|g",
                        prefix + "userevents_global_activations:1|c",
                        prefix + "namespace_activations.initiator.guest.namespace.guest:1|c",
                        prefix + "userevents_global_status.status.application_error:1|c",
                        prefix + "userevents_global_status.status.failure:1|c",
                        prefix + "userevents_global_coldStarts:1|c",
                        prefix + "userevents_global_initTime:289|ms",
                        prefix + "userevents_global_waitTime:42|ms",
                        prefix + "userevents_global_duration:312|ms");
    }

    @Test
    void tagsAreBehindTheValuesAsDatadogHasThem() {
        String tags = "|#service:user-events,action:billing/make.Invoice,initiator:guest";
        String global = "|#service:user-events";
        assertThat(lines(datadog, COLD))
                .containsExactly(
                        "openwhisk.action.activations:1|c" + tags + ",kind:nodejs:20,memory:256,namespace:acme",
                        "openwhisk.action.coldStarts:1|c" + tags + ",namespace:acme",
                        "openwhisk.action.initTime:289|ms" + tags + ",namespace:acme",
                        "openwhisk.action.waitTime:42|ms" + tags + ",namespace:acme",
                        "openwhisk.action.duration:312|ms" + tags + ",namespace:acme",
                        "openwhisk.action.status:1|c" + tags + ",namespace:acme,status:application_error",
                        "openwhisk.action.responseSize:27|h" + tags + ",namespace:acme",
                        "openwhisk.action.statusCode:1|c" + tags + ",namespace:acme,userDefinedStatusCode:404",
                        "openwhisk.action.memory:256|g" + tags + ",namespace:acme",
                        "openwhisk.userevents.global.activations:1|c" + global,
                        "openwhisk.namespace.activations:1|c" + global + ",initiator:guest,namespace:guest",
                        "openwhisk.userevents.global.status:1|c" + global + ",status:application_error",
                        "openwhisk.userevents.global.status:1|c" + global + ",status:failure",
                        "openwhisk.userevents.global.coldStarts:1|c" + global,
                        "openwhisk.userevents.global.initTime:289|ms" + global,
                        "openwhisk.userevents.global.waitTime:42|ms" + global,
                        "openwhisk.userevents.global.duration:312|ms" + global);
    }

    @Test
    void aWarmSuccessHasNoInitialisation() {
        assertThat(lines(plain, UserEventMetricsTest.EVENT))
                .hasSize(10)
                .noneMatch(line -> line.matches(".*(coldStarts|initTime|statusCode|responseSize|failure).*"));
    }

    @Test
    void limitsCountOneWhateverTheirValue() {
        assertThat(lines(datadog, metric("ConcurrentRateLimit", -5)))
                .containsExactly(
                        "openwhisk.action.limit.concurrent:1|c|#service:user-events,namespace:guest",
                        "openwhisk.userevents.global.metric:1|c|#service:user-events");
        assertThat(lines(plain, metric("TimedRateLimit", 7)))
                .containsExactly(
                        "user-events.whisktape.openwhisk_action_limit_timed.namespace.guest:1|c",
                        "user-events.whisktape.openwhisk_userevents_global_metric:1|c");
        assertThat(lines(plain, metric("SomethingElse", 7)))
                .containsExactly("user-events.whisktape.openwhisk_userevents_global_metric:1|c");
    }

    /** To StatsD itself a sign means by how much to change. */
    @Test
    void aGaugeIsSetAlsoBelowZero() {
        String name = "user-events.whisktape.openwhisk_namespace_concurrentInvocations.namespace.guest";
        assertThat(lines(plain, metric("ConcurrentInvocations", 3))).startsWith(name + ":3|g");
        assertThat(lines(plain, metric("ConcurrentInvocations", -3))).startsWith(name + ":0|g", name + ":-3|g");
        assertThat(lines(datadog, metric("ConcurrentInvocations", -3)))
                .startsWith("openwhisk.namespace.concurrentInvocations:-3|g|#service:user-events,namespace:guest");
    }

    @Test
    void anActionKeepsTheTagsOfItsFirstEvent() {
        lines(datadog, UserEventMetricsTest.EVENT);

        assertThat(lines(
                        datadog,
                        UserEventMetricsTest.EVENT
                                .replace("\"namespace\":\"guest\"", "\"namespace\":\"other\"")
                                .replace("nodejs:20", "python:3")
                                .replace("\"memory\":256", "\"memory\":512")))
                .contains(
                        "openwhisk.action.activations:1|c|#service:user-events,action:hello,initiator:guest,"
                                + "kind:nodejs:20,memory:256,namespace:guest",
                        "openwhisk.action.memory:512|g|#service:user-events,action:hello,initiator:guest,"
                                + "namespace:guest",
                        "openwhisk.namespace.activations:1|c|#service:user-events,initiator:other,namespace:other");
    }

    @ParameterizedTest
    @EnumSource
    void noNameCanForgeAMetric(StatsdTags style) {
        List<String> names = List.of(
                "a:1|c",
                "a\\nforged:9|c",
                "a|@0.1|#x:y,z",
                "a.b;c=d",
                "\\u00e9\\ud83d\\ude00\\r\\t\\u2028\\u0000",
                "",
                "x".repeat(100_000),
                "\\n".repeat(5_000));
        for (String name : names) {
            List<String> lines = lines(
                    new StatsdMetrics(style),
                    UserEventMetricsTest.EVENT
                            .replace("\"namespace\":\"guest\"", "\"namespace\":\"" + name + "\"")
                            .replace("nodejs:20", name)
                            .replace("guest/hello", "guest/a b@c.d&e"));

            assertThat(lines)
                    .hasSize(10)
                    .allMatch(line -> line.length() <= 1432)
                    .allMatch(
                            line -> line.matches(
                                    style == StatsdTags.DATADOG
                                            ? "[A-Za-z.]+:\\d+\\|(c|ms|g)\\|#service:user-events(,[A-Za-z]+:[A-Za-z0-9_./:-]+)*"
                                            : "user-events\\.whisktape\\.[A-Za-z_]+(\\.[A-Za-z]+\\.[A-Za-z0-9_-]+)*:\\d+\\|(c|ms|g)"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsOnTheTopicMakesLinesOrNone(StatsdTags style) {
        StatsdMetrics metrics = new StatsdMetrics(style);
        for (Map.Entry<String, OddMessages.Odd> odd : OddMessages.all().entrySet()) {
            UserEvent event = UserEventReader.read(odd.getValue().value());
            boolean isCounted = event instanceof UserEvent.Activation || event instanceof UserEvent.Metric;

            assertThat(metrics.lines(event).isEmpty()).as(odd.getKey()).isNotEqualTo(isCounted);
        }
    }

    /** Series by series, with the names taken back to Prometheus'. */
    @Test
    void addUpToWhatARealServiceHasCounted() throws IOException {
        Map<String, Double> sums = new TreeMap<>();
        UserEventMetricsTest.sampleValues()
                .flatMap(value -> datadog.lines(UserEventReader.read(value)).stream())
                .forEach(line -> add(sums, line));

        Map<String, String> scrape = Exposition.series(
                UserEventMetricsTest.unzipped("user-events-metrics.txt.gz"),
                line -> line.matches("openwhisk_(action|userevents_global|namespace)_.*")
                        && !line.matches("\\w+_(bucket|memory|status_code)\\{.*"));
        Map<String, Double> expected = new TreeMap<>();
        scrape.forEach((series, value) -> expected.put(series, Math.rint(Double.parseDouble(value) * 1000)));
        expected.values().removeIf(value -> value == 0);
        assertThat(expected).hasSizeGreaterThan(300);
        sums.values().removeIf(value -> value == 0);
        // Gauges are no sums; Kamon's own histograms hold their values in classes, so its sums are a little off.
        String incomparable = "openwhisk_(action_statusCode_.*|userevents_global_\\w+_sum)";
        List.of(sums, expected).forEach(side -> side.keySet().removeIf(series -> series.matches(incomparable)));
        assertThat(sums).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** Everything times 1000, so that the scrape's seconds are milliseconds. */
    private static void add(Map<String, Double> sums, String line) {
        String[] parts = line.split("\\|");
        String name = parts[0].substring(0, parts[0].indexOf(':')).replace('.', '_');
        double value = Double.parseDouble(parts[0].substring(parts[0].indexOf(':') + 1));
        String labels = Stream.of(parts[2].substring(1).split(","))
                .filter(tag -> !tag.startsWith("service:"))
                .map(tag -> tag.replaceFirst(":", "=\"") + "\"")
                .sorted(Comparator.naturalOrder())
                .reduce((a, b) -> a + "," + b)
                .map(text -> "{" + text + "}")
                .orElse("");
        switch (parts[1]) {
            case "c" ->
                sums.merge(
                        name + (name.equals("openwhisk_action_status") ? "" : "_total") + labels, 1000.0, Double::sum);
            case "ms" -> distribution(sums, name + "_seconds", labels, value);
            case "h" ->
                distribution(sums, name.replace("responseSize", "response_size") + "_bytes", labels, value * 1000);
            default -> assertThat(name).isIn("openwhisk_action_memory", "openwhisk_namespace_concurrentInvocations");
        }
    }

    private static void distribution(Map<String, Double> sums, String name, String labels, double value) {
        sums.merge(name + "_count" + labels, 1000.0, Double::sum);
        sums.merge(name + "_sum" + labels, value, Double::sum);
    }

    private static String metric(String name, long value) {
        return "{\"source\":\"controller0\",\"body\":{\"metricName\":\"" + name + "\",\"metricValue\":" + value
                + "},\"subject\":\"guest\",\"namespace\":\"guest\","
                + "\"userId\":\"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\",\"eventType\":\"Metric\",\"timestamp\":1}";
    }

    private static List<String> lines(StatsdMetrics metrics, String event) {
        UserEvent read = UserEventReader.read(event.getBytes(UTF_8));
        assertThat(read).isNotInstanceOf(UserEvent.Ignored.class).isNotInstanceOf(UserEvent.Poison.class);
        return metrics.lines(read);
    }
}
