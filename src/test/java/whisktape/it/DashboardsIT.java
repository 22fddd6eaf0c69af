package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.Dashboard;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** All that the dashboards ask, asked of a real Prometheus that has scraped a replay in which everything happens. */
class DashboardsIT {
    private static final Duration SCRAPES_EVERY = Duration.ofSeconds(1);

    /** By as much a share can miss 0. */
    private static final double ROUNDING = 1e-9;

    @TempDir
    static Path folder;

    private static PrometheusServer prometheus;
    private static Instant from;
    private static Instant until;

    /** Each dashboard with the jobs that have what it shows. */
    static Stream<Arguments> dashboards() throws IOException {
        return Dashboard.all()
                .flatMap(dashboard -> dashboard.name().equals("invokers")
                        ? Stream.of(Arguments.of(dashboard, "improved"))
                        : Stream.of(Arguments.of(dashboard, "compatible"), Arguments.of(dashboard, "improved")));
    }

    @BeforeAll
    static void replay() throws Exception {
        PrometheusServer.require();
        Path recording = folder.resolve("recording");
        SimulationRecording.write(recording, SimulationPlan.ofEverything().lasting(Duration.ofMinutes(5)), 1);
        try (WhisktapeProcess compatible = replay(recording, "--compat");
                WhisktapeProcess improved = replay(recording, "--improved")) {
            prometheus = PrometheusServer.start(
                    folder, """
                    global: {scrape_interval: %ds}
                    scrape_configs:
                      - job_name: compatible
                        static_configs: [{targets: ['%s']}]
                      - job_name: improved
                        static_configs: [{targets: ['%s']}]
                    """.formatted(SCRAPES_EVERY.toSeconds(), authority(compatible), authority(improved)));
            from = Instant.now();
            for (WhisktapeProcess replay : List.of(compatible, improved)) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(3))
                        .until(replay::err, text -> text.contains("serving what was counted"));
            }
            until = Instant.now();
        }
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelShowsSomething(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = values(dashboard, job);
        for (Dashboard.Query query : dashboard.queries()) {
            assertThat(numbers(query, values))
                    .as("%s %s: %s", query.panel(), query.refId(), Dashboard.filledIn(query.expression(), values))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyVariableHasValues(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = values(dashboard, job);
        for (Dashboard.Variable variable : dashboard.variables()) {
            assertThat(prometheus.labelValues(
                            Dashboard.filledIn(variable.series(), values), variable.label(), from, until))
                    .as("$%s", variable.name())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelTakesChosenValues(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = values(dashboard, job);
        values.putAll(Map.of(
                "namespace",
                "(shop|catalog)",
                "initiator",
                "shop",
                "action",
                "(cart|images/resize)",
                "leave_out",
                "-"));
        values.computeIfPresent("invoker", (name, all) -> "(invoker0|invoker1)");
        for (Dashboard.Query query : dashboard.queries()) {
            assertThat(numbers(query, values))
                    .allSatisfy(number -> assertThat(number).isNotNegative());
        }
    }

    /** What Grafana fills in: for all of everything, over the whole replay. */
    private static Map<String, String> values(Dashboard dashboard, String job) {
        Duration rateInterval = SCRAPES_EVERY.multipliedBy(4);
        Map<String, String> values = new HashMap<>(Map.of(
                "__range",
                Duration.between(from, until).toSeconds() + "s",
                "__rate_interval",
                rateInterval.toSeconds() + "s",
                "job",
                job,
                "leave_out",
                dashboard.initial("leave_out")));
        dashboard.variables().stream()
                .map(Dashboard.Variable::name)
                .filter(name -> !name.equals("job"))
                .forEach(name -> values.put(name, dashboard.initial(name)));
        return values;
    }

    /** The numbers behind what a panel draws; NaN is none. */
    private static List<Double> numbers(Dashboard.Query query, Map<String, String> values) throws Exception {
        String expression = Dashboard.filledIn(query.expression(), values);
        JsonNode result = query.isInstant()
                ? prometheus.query(expression, until)
                : prometheus.query(expression, from, until, SCRAPES_EVERY);
        return Dashboard.elements(result)
                .flatMap(series ->
                        query.isInstant() ? Stream.of(series.path("value")) : Dashboard.elements(series.path("values")))
                .map(sample -> Double.parseDouble(sample.path(1).textValue()))
                .filter(Double::isFinite)
                .toList();
    }

    private static WhisktapeProcess replay(Path recording, String labelling) throws IOException {
        return new WhisktapeProcess(
                folder,
                List.of("-Xmx256m"),
                "replay",
                recording.toString(),
                "--to-metrics",
                "0",
                "--speed",
                "10",
                labelling);
    }

    private static String authority(WhisktapeProcess replay) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> replay.err()
                                .lines()
                                .filter(line -> line.startsWith("metrics ") && line.endsWith("/metrics"))
                                .map(line -> URI.create(line.substring("metrics ".length()))
                                        .getAuthority())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
