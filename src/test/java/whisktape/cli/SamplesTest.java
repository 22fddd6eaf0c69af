package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SQL says of a real OpenWhisk's data is what somebody counts who only looks at the JSON. */
final class SamplesTest {
    /** Every number as one row. */
    private static final String NUMBERS = """
            SELECT name, CAST(number AS BIGINT) AS number FROM (
            SELECT found_in AS name, count(*) AS number FROM invocations GROUP BY found_in
            UNION ALL SELECT class, count(*) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' cold', count(*) FILTER (WHERE is_cold) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' wait', sum(coalesce(wait_ms, 0)) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' init', sum(coalesce(init_ms, 0)) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' run', sum(coalesce(run_ms, 0)) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' never ran', count(*) FILTER (WHERE never_ran) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' failed', count(*) FILTER (WHERE status_code <> 0) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' components', sum(coalesce(len(component_ids), 0)) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' rules', sum(coalesce(len(trigger_results), 0)) FROM invocations GROUP BY class
            UNION ALL SELECT class || ' wall', sum(coalesce(wall_ms, 0)) FROM invocations GROUP BY class
            UNION ALL SELECT 'timed out', count(*) FILTER (WHERE timed_out AND found_in <> 'events') FROM invocations
            UNION ALL SELECT 'median lag', median(lag_ms) FROM invocations)""";

    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final Pattern PATH = Pattern.compile("\"path\",\"value\":\"([^\"]+)");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"main, 0, 0", "main, 7, 5", "main, 2, 3", "interrupted, 0, 0", "interrupted, 7, 5", "interrupted, 2, 3"
    })
    void sqlAgreesWithACountOfTheJson(String sample, int withoutEachEvent, int withoutEachDocument) throws IOException {
        List<String> events = thinned(lines(sample, "events"), withoutEachEvent);
        List<String> documents = thinned(lines(sample, "activations"), withoutEachDocument);

        assertThat(numbers(recording(events, documents))).isEqualTo(SampleCount.of(events, documents));
    }

    /** The same, where the script beside the samples has counted. */
    @ParameterizedTest
    @CsvSource({"main", "interrupted"})
    void sqlAgreesWithTheScript(String sample) throws IOException {
        Map<String, Long> counted = new TreeMap<>();
        Files.readAllLines(SAMPLES.resolve(sample).resolve("counts.csv"))
                .forEach(row -> counted.put(row.split(",")[0], Long.valueOf(row.split(",")[1])));

        assertThat(numbers(recording(lines(sample, "events"), lines(sample, "activations"))))
                .hasSizeGreaterThan(counted.size())
                .containsAllEntriesOf(counted);
    }

    /** Where an action's limit is known, the rule for events finds the time-outs that OpenWhisk flags, and no others. */
    @ParameterizedTest
    @CsvSource({"main", "interrupted"})
    void timeOutsAreToldFromEventsAsOpenWhiskFlagsThem(String sample) throws IOException {
        String timeOuts = "SELECT activation_id FROM invocations WHERE timed_out ORDER BY activation_id";
        List<String> events = lines(sample, "events");
        List<String> documents = lines(sample, "activations");
        Set<String> actions = new HashSet<>();
        List<String> oneForEachAction =
                documents.stream().filter(line -> actions.add(action(line))).toList();

        assertThat(query(recording(events, oneForEachAction), timeOuts))
                .hasSizeGreaterThan(2)
                .isEqualTo(query(recording(events, documents), timeOuts));
    }

    private Path recording(List<String> events, List<String> documents) throws IOException {
        Path eventDump = Files.write(temp.resolve("events.jsonl"), events);
        Path documentDump = Files.write(temp.resolve("activations.jsonl"), documents);
        Path folder = Files.createTempDirectory(temp, "samples").resolve("recording");
        CommandRun run = CommandRun.of(
                "import", "--ndjson", "events=" + eventDump + ",activations=" + documentDump, "-o", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return folder;
    }

    private static Map<String, Long> numbers(Path recording) {
        Map<String, Long> numbers = new TreeMap<>();
        query(recording, NUMBERS).forEach(row -> {
            int comma = row.indexOf(',');
            numbers.put(row.substring(0, comma), Long.valueOf(row.substring(comma + 1)));
        });
        return numbers;
    }

    private static List<String> query(Path recording, String sql) {
        CommandRun run = CommandRun.of("analyze", recording.toString(), "--sql", sql, "--format", "csv");
        assertThat(run.err()).isEmpty();
        return run.out().lines().skip(1).toList();
    }

    private static String action(String document) {
        Matcher path = PATH.matcher(document);
        return path.find() ? path.group(1) : "";
    }

    /** Without each nth line, so that there are rows of one source only. */
    private static List<String> thinned(List<String> lines, int nth) {
        return IntStream.range(0, lines.size())
                .filter(i -> nth == 0 || i % nth != 0)
                .mapToObj(lines::get)
                .toList();
    }

    private static List<String> lines(String sample, String table) throws IOException {
        Path file = SAMPLES.resolve(sample).resolve(table + ".jsonl.gz");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
