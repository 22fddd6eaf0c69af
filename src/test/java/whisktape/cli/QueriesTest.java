package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.QueryFixture;
import whisktape.analysis.QueryFile;
import whisktape.analysis.QueryHeader;
import whisktape.analysis.Variable;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/**
 * Every query gives what {@code src/test/resources/queries/} says, on a recording of a few rows, and where that has nothing for
 * it on a simulated one ({@code .simulated.csv}). With {@code -Dexpected=write} it writes what it finds there, to be read over.
 */
final class QueriesTest {
    private static final Path EXPECTED = Path.of("src/test/resources/queries");
    private static final boolean IS_WRITING = "write".equals(System.getProperty("expected"));
    private static final Pattern VIEW = Pattern.compile(
            "\\b(?:FROM|JOIN) (invocations|events|activations|recorded_events|recorded_activations)\\b");
    private static final Pattern VARIABLE = Pattern.compile("(?<![\\w:]):([a-z_][a-z0-9_]*)");

    @TempDir
    static Path folder;

    @BeforeAll
    static void record() {
        QueryFixture.withDocuments(folder.resolve("rec"));
        SimulationRecording.write(
                folder.resolve("simulated"), SimulationPlan.ofEverything().lasting(Duration.ofMinutes(2)), 3);
        QueryFixture.ofAbsurdNumbers(folder.resolve("absurd"));
    }

    static Stream<String> queries() {
        return QueryFile.list(Path.of("queries")).stream().map(QueryFile::name);
    }

    static Stream<String> simulated() {
        return queries().filter(query -> Files.exists(EXPECTED.resolve(query + ".simulated.csv")));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatIsExpected(String query) throws IOException {
        String found = csv("rec", query);

        assertThat(found).isEqualTo(expected(query + ".csv", found));
        assertThat(found.lines().count() > 1 || Files.exists(EXPECTED.resolve(query + ".simulated.csv")))
                .as("%s has rows on one of the recordings", query)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("simulated")
    void givesWhatIsExpectedOfASimulation(String query) throws IOException {
        String found = csv("simulated", query);

        assertThat(found).isEqualTo(expected(query + ".simulated.csv", found));
        assertThat(found.lines().count()).isGreaterThan(1);
    }

    /** Rows that compare equal would come in another order now and then: DuckDB has as many threads as there are processors. */
    @ParameterizedTest
    @MethodSource("queries")
    void ordersItsRowsFully(String query) {
        assertThat(csv("simulated", query)).isEqualTo(csv("simulated", query));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void numbersBeyondAllSenseDoNotStopIt(String query) {
        assertThatCode(() -> csv("absurd", query)).doesNotThrowAnyException();
    }

    /** What the header promises is what the result has, so that documents can be made of headers. */
    @ParameterizedTest
    @MethodSource("queries")
    void headerNamesTheColumns(String query) throws IOException {
        String first = Files.readAllLines(EXPECTED.resolve(query + ".csv")).get(0);

        assertThat(header(query).columns()).isEqualTo(Arrays.asList(first.split(",")));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void headerIsComplete(String query) throws IOException {
        QueryHeader header = header(query);

        assertThat(header.title()).endsWith(".");
        assertThat(header.answers()).endsWith("?");
        assertThat(header.report()).isPresent();
        assertThat(header.next()).endsWith(".");
        assertThat(Files.readAllLines(Path.of("queries", query + ".sql")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void headerNamesWhatIsReadAndWhatCanBeSet(String query) throws IOException {
        QueryHeader header = header(query);
        String sql = withoutComments(query);

        assertThat(new TreeSet<>(List.of(header.reads().split(", ")))).isEqualTo(found(VIEW, sql));
        assertThat(new TreeSet<>(header.variables().stream().map(Variable::name).toList()))
                .isEqualTo(found(VARIABLE, sql));
        assertThat(sql).contains("\nORDER BY ");
    }

    /** The report prints the title once over all of them. */
    @Test
    void queriesOfAReportAgreeOnItsTitle() {
        Map<String, TreeSet<String>> titles = new TreeMap<>();
        for (QueryFile query : QueryFile.list(Path.of("queries"))) {
            QueryHeader header = query.header();
            titles.computeIfAbsent(header.report().orElse(""), id -> new TreeSet<>())
                    .add(header.reportTitle());
        }

        assertThat(titles).allSatisfy((id, found) -> assertThat(found).as(id).hasSize(1));
    }

    private static String csv(String recording, String query) {
        CommandRun result = CommandRun.of("analyze", folder.resolve(recording).toString(), query, "--format", "csv");
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private static String expected(String file, String found) throws IOException {
        if (IS_WRITING) {
            Files.writeString(EXPECTED.resolve(file), found);
        }
        return Files.readString(EXPECTED.resolve(file));
    }

    private static QueryHeader header(String query) {
        return QueryFile.find(Path.of("queries"), query).header();
    }

    private static String withoutComments(String query) throws IOException {
        return Files.readString(Path.of("queries", query + ".sql"))
                .lines()
                .filter(line -> !line.strip().startsWith("--"))
                .collect(Collectors.joining("\n"));
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        return new TreeSet<>(
                pattern.matcher(text).results().map(match -> match.group(1)).toList());
    }
}
