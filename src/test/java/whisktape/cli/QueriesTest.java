package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.QueryFixture;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.QueryHeader;
import whisktape.analysis.Rows;
import whisktape.analysis.Variable;
import whisktape.analysis.Window;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;

/**
 * Every query gives what {@code src/test/resources/queries/} says, on a recording of a few rows, and where that has little for it
 * on a simulated one ({@code .simulated.csv}). With {@code -Dexpected=write} it writes what it finds there, to be read over.
 */
final class QueriesTest {
    private static final Path QUERIES = Path.of("queries");
    private static final Path EXPECTED = Path.of("src/test/resources/queries");
    private static final boolean IS_WRITING = "write".equals(System.getProperty("expected"));
    private static final Pattern VIEW = Pattern.compile("\\bVIEW (\\w+) AS\\b");
    private static final Pattern SOURCE = Pattern.compile("\\b(?:FROM|JOIN) (\\w+)");
    private static final Pattern VARIABLE = Pattern.compile("(?<![\\w:]):([a-z_][a-z0-9_]*)");

    @TempDir
    static Path folder;

    private static Analysis fewRows;
    private static Analysis simulated;
    private static Analysis absurd;

    @BeforeAll
    static void record() {
        fewRows = analysis(QueryFixture.withDocuments(folder.resolve("rec")));
        Path simulation = folder.resolve("simulated");
        SimulationRecording.write(simulation, SimulationPlan.ofEverything().lasting(Duration.ofMinutes(2)), 3);
        simulated = analysis(Recording.open(simulation));
        absurd = analysis(QueryFixture.ofAbsurdNumbers(folder.resolve("absurd")));
    }

    @AfterAll
    static void close() {
        fewRows.close();
        simulated.close();
        absurd.close();
    }

    static Stream<String> queries() {
        return all().stream().map(QueryFile::name);
    }

    static Stream<String> simulated() {
        return queries().filter(QueriesTest::isSimulated);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatIsExpected(String query) throws IOException {
        String found = csv(fewRows, query);

        assertThat(found).isEqualTo(expected(query + ".csv", found));
        assertThat(found.lines().count() > 1 || isSimulated(query) || isCheck(query))
                .as("%s has rows on one of the recordings", query)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("simulated")
    void givesWhatIsExpectedOfASimulation(String query) throws IOException {
        String found = csv(simulated, query);

        assertThat(found).isEqualTo(expected(query + ".simulated.csv", found));
        assertThat(found.lines().count()).isGreaterThan(1);
    }

    /** Rows that compare equal would come in another order now and then, since a report does not keep that of the recording. */
    @ParameterizedTest
    @MethodSource("queries")
    void ordersItsRowsFully(String query) {
        assertThat(csv(simulated, query)).isEqualTo(csv(simulated, query));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void numbersBeyondAllSenseDoNotStopIt(String query) {
        assertThat(csv(absurd, query)).isNotEmpty();
    }

    /** What the header promises is what the result has, so that documents can be made of headers. */
    @ParameterizedTest
    @MethodSource("queries")
    void headerNamesTheColumns(String query) throws IOException {
        String first = Files.readAllLines(EXPECTED.resolve(query + ".csv")).get(0);

        assertThat(header(query).columns()).isEqualTo(Arrays.asList(first.split(",")));
    }

    /** A check says of each of its rows what to do next, and a table for a chart nothing. */
    @ParameterizedTest
    @MethodSource("queries")
    void headerIsComplete(String query) {
        QueryHeader header = header(query);

        assertThat(header.title()).endsWith(".");
        assertThat(header.answers()).isNotEmpty();
        assertThat(header.next().endsWith(".")
                        || isCheck(query)
                        || header.report().isEmpty())
                .as("%s says what to do next", query)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void headerNamesWhatIsReadAndWhatCanBeSet(String query) throws IOException {
        QueryHeader header = header(query);
        String sql = withoutComments(query);
        TreeSet<String> views = found(VIEW, Files.readString(QUERIES.resolve("views.sql")));
        views.addAll(List.of("recorded_events", "recorded_activations"));
        TreeSet<String> read = found(SOURCE, sql);
        read.retainAll(views);

        assertThat(new TreeSet<>(
                        List.of(header.reads().replaceAll(" \\([^)]*\\)", "").split(", "))))
                .isEqualTo(read);
        assertThat(new TreeSet<>(header.variables().stream().map(Variable::name).toList()))
                .isEqualTo(found(VARIABLE, sql));
        assertThat(sql).contains("\nORDER BY ");
    }

    /** The report prints it once over all of them. */
    @Test
    void queriesOfAReportAgreeOnItsTitle() {
        Map<String, TreeSet<String>> titles = new TreeMap<>();
        for (QueryFile query : all()) {
            QueryHeader header = query.header();
            titles.computeIfAbsent(header.report().orElse(""), id -> new TreeSet<>())
                    .add(header.reportTitle());
        }

        assertThat(titles).allSatisfy((id, found) -> assertThat(found).as(id).hasSize(1));
    }

    private static List<QueryFile> all() {
        return QueryFile.list(QUERIES);
    }

    private static boolean isSimulated(String query) {
        return Files.exists(EXPECTED.resolve(query + ".simulated.csv"));
    }

    /** A check may have nothing to say of a recording; PlantedFindingsTest holds it to what it must find. */
    private static boolean isCheck(String query) {
        return header(query).columns().contains("next_step");
    }

    private static Analysis analysis(Recording recording) {
        return Analysis.openFor(all().stream().map(QueryFile::sql).toList(), recording, Window.ALL);
    }

    private static String csv(Analysis analysis, String query) {
        StringWriter text = new StringWriter();
        ResultPrinter printer = new ResultPrinter();
        printer.format = ResultPrinter.Format.CSV;
        try (Rows rows = analysis.query(QueryFile.find(QUERIES, query), Map.of());
                PrintWriter out = new PrintWriter(text)) {
            printer.print(rows.columns(), rows, out);
        }
        return text.toString();
    }

    private static String expected(String file, String found) throws IOException {
        if (IS_WRITING) {
            Files.writeString(EXPECTED.resolve(file), found);
        }
        return Files.readString(EXPECTED.resolve(file));
    }

    private static QueryHeader header(String query) {
        return QueryFile.find(QUERIES, query).header();
    }

    private static String withoutComments(String query) throws IOException {
        return Files.readString(QUERIES.resolve(query + ".sql"))
                .lines()
                .filter(line -> !line.strip().startsWith("--"))
                .collect(Collectors.joining("\n"));
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        return new TreeSet<>(
                pattern.matcher(text).results().map(match -> match.group(1)).toList());
    }
}
