package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import whisktape.ShellCommand;
import whisktape.cli.CommandRun;

/** {@code export openmetrics}, read by a real promtool into a real Prometheus, which then says what SQL says. */
class BackfillIT {
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final List<Double> BOUNDS =
            List.of(0.0, .005, .01, .025, .05, .075, .1, .25, .5, .75, 1.0, 2.5, 5.0, 7.5, 10.0);

    @TempDir
    static Path shared;

    private enum Recorded {
        SAMPLE,
        INTERRUPTED,
        SIMULATED_DAY;

        Path folder() {
            return shared.resolve(name());
        }
    }

    @TempDir
    Path folder;

    @BeforeAll
    static void makeRecordings() {
        SampleRecording.into(Recorded.SAMPLE.folder());
        SampleRecording.interruptedInto(Recorded.INTERRUPTED.folder());
        SimulatedDay.into(Recorded.SIMULATED_DAY.folder());
    }

    @ParameterizedTest
    @EnumSource
    void countsAtTheOriginalTimesAreThoseOfSql(Recorded recorded) throws Exception {
        NavigableMap<Long, Map<String, Long>> counted = new TreeMap<>();
        for (String[] row : sql(recorded, """
                SELECT CAST(ceil(read_ms / 15000.0) * 15 AS BIGINT), action || ' ' || status_code, count(*)
                FROM (
                  -- Times step back a little, and a reader of the topic has an event only after those before it.
                  SELECT *, max(kafka_timestamp_ms) OVER (ORDER BY e.offset) AS read_ms FROM events e)
                WHERE body_type = 'activation' AND poison_reason IS NULL GROUP BY 1, 2""")) {
            counted.computeIfAbsent(Long.parseLong(row[0]), step -> new TreeMap<>())
                    .put(row[1], Long.parseLong(row[2]));
        }
        Instant first = Instant.ofEpochSecond(counted.firstKey()).minus(STEP);
        Instant last = Instant.ofEpochSecond(counted.lastKey());
        backfill(recorded);

        try (PrometheusServer prometheus = PrometheusServer.start(folder, "")) {
            // Ranges of a query have at most 11,000 points a series; a day has 5,760.
            JsonNode series = prometheus.query(
                    "sum by (namespace, action, status) (openwhisk_action_status{job=\"openwhisk\",instance=\"%s\"})"
                            .formatted(recorded.name()),
                    first,
                    last,
                    STEP);

            NavigableMap<Long, Map<String, Long>> shown = new TreeMap<>();
            for (JsonNode one : series) {
                JsonNode labels = one.path("metric");
                String name = labels.path("namespace").textValue() + "/"
                        + labels.path("action").textValue() + " "
                        + codeOf(labels.path("status").textValue());
                long before = 0;
                for (JsonNode point : one.path("values")) {
                    long value = Long.parseLong(point.path(1).textValue());
                    if (value != before) {
                        shown.computeIfAbsent(point.path(0).longValue(), step -> new TreeMap<>())
                                .put(name, value - before);
                    }
                    before = value;
                }
            }
            assertThat(shown).isNotEmpty().isEqualTo(counted);
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantilesAreInTheBucketOfSqlsPercentile(Recorded recorded) throws Exception {
        backfill(recorded);
        List<String[]> actions = sql(recorded, """
                SELECT action, CAST(ceil(max(kafka_timestamp_ms) OVER () / 15000.0) * 15 AS BIGINT),
                  wait, duration
                FROM (
                  SELECT action, max(kafka_timestamp_ms) AS kafka_timestamp_ms,
                    percentile_disc(0.95) WITHIN GROUP (ORDER BY greatest(wait_ms, 0)) AS wait,
                    percentile_disc(0.95) WITHIN GROUP (ORDER BY duration_ms) AS duration
                  FROM events WHERE body_type = 'activation' AND poison_reason IS NULL GROUP BY action)
                ORDER BY action""");

        assertThat(actions).hasSizeGreaterThan(5);
        try (PrometheusServer prometheus = PrometheusServer.start(folder, "")) {
            for (String[] row : actions) {
                Instant end = Instant.ofEpochSecond(Long.parseLong(row[1]));
                assertInBucket(prometheus, "waitTime", row[0], end, Double.parseDouble(row[2]) / 1000);
                assertInBucket(prometheus, "duration", row[0], end, Double.parseDouble(row[3]) / 1000);
            }
        }
    }

    @Test
    void anIncreaseIsExactFromTheFirstEventOn() throws Exception {
        backfill(Recorded.SIMULATED_DAY);
        List<String[]> hours = sql(Recorded.SIMULATED_DAY, """
                SELECT CAST(ceil(kafka_timestamp_ms / 3600000.0) * 3600 AS BIGINT), count(*)
                FROM events WHERE body_type = 'activation' GROUP BY 1 ORDER BY 1""");

        assertThat(hours).hasSizeGreaterThan(23);
        try (PrometheusServer prometheus = PrometheusServer.start(folder, "")) {
            String total = "sum(openwhisk_action_activations_total)";
            for (String[] hour : hours.subList(1, 24)) {
                Instant end = Instant.ofEpochSecond(Long.parseLong(hour[0]));
                assertThat(prometheus.value(total + " - sum(openwhisk_action_activations_total offset 1h)", end))
                        .as(hour[0])
                        .isEqualTo(Double.parseDouble(hour[1]));
            }
            // Where a series did not begin at 0, its first events would be missing here.
            Instant first = Instant.ofEpochSecond(Long.parseLong(hours.get(0)[0]));
            assertThat(prometheus.value("sum(increase(openwhisk_action_activations_total[2h]))", first))
                    .isGreaterThanOrEqualTo(Double.parseDouble(hours.get(0)[1]));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SAMPLE", "INTERRUPTED"})
    void anotherParserReadsItToo(Recorded recorded) throws Exception {
        Real.require(
                "Debian's python3-prometheus-client",
                ShellCommand.of("/usr/bin/python3", "-c", "import prometheus_client")
                                .run()
                                .exitCode()
                        == 0);
        Path text = export(recorded, "--improved", "--label", "note=a\\b");

        ShellCommand.Result parsed = ShellCommand.of(
                        "/usr/bin/python3", "src/test/resources/openmetrics/read.py", text.toString())
                .run();

        assertThat(parsed.exitCode()).as(parsed.err()).isZero();
        try (var lines = Files.lines(text)) {
            assertThat(parsed.out().strip())
                    .isEqualTo(lines.filter(line -> !line.startsWith("#")).count() + " samples");
        }
    }

    @Test
    void aDayFitsIntoASmallHeap() throws Exception {
        Path text = folder.resolve("day.om");

        try (WhisktapeProcess process = new WhisktapeProcess(
                folder,
                List.of("-Xmx64m"),
                "export",
                Recorded.SIMULATED_DAY.folder().toString(),
                "openmetrics",
                "-o",
                text.toString())) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }

        assertThat(Files.size(text)).isGreaterThan(64 << 20);
    }

    private static void assertInBucket(
            PrometheusServer prometheus, String family, String action, Instant at, double seconds)
            throws IOException, InterruptedException {
        int slash = action.indexOf('/');
        double quantile = prometheus.value(
                ("histogram_quantile(0.95, sum by (le) (openwhisk_action_%s_seconds_bucket{"
                                + "namespace=\"%s\", action=\"%s\"}))")
                        .formatted(family, action.substring(0, slash), action.substring(slash + 1)),
                at);
        double upper =
                BOUNDS.stream().filter(bound -> bound >= seconds).findFirst().orElse(10.0);
        double lower = BOUNDS.stream().filter(bound -> bound < seconds).reduce(0.0, (a, b) -> b);
        assertThat(quantile)
                .as(family + " of " + action + ", " + seconds + " s")
                .isBetween(lower, upper);
    }

    private void backfill(Recorded recorded) throws IOException, InterruptedException {
        Path text = export(recorded);
        assertThat(PrometheusServer.promtool(
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        "--max-block-duration=720h",
                        text.toString(),
                        folder.resolve("data").toString()))
                .endsWith("exit code 0");
    }

    private Path export(Recorded recorded, String... more) {
        Path text = folder.resolve("run.om");
        List<String> arguments =
                new ArrayList<>(List.of("export", recorded.folder().toString(), "openmetrics", "-o", text.toString()));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return text;
    }

    private static List<String[]> sql(Recorded recorded, String statement) {
        CommandRun run = CommandRun.of("analyze", recorded.folder().toString(), "--sql", statement, "--format", "csv");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().skip(1).map(line -> line.split(",")).toList();
    }

    private static int codeOf(String status) {
        return List.of("success", "application_error", "action_developer_error", "whisk_internal_error")
                .indexOf(status);
    }
}
