package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.QueryFixture;
import whisktape.analysis.QueryFile;

/** Every query gives what {@code src/test/resources/queries/} says, on one recording. */
final class QueriesTest {
    private static final Path EXPECTED = Path.of("src/test/resources/queries");

    @TempDir
    static Path folder;

    @BeforeAll
    static void record() {
        QueryFixture.withDocuments(folder.resolve("rec"));
    }

    static Stream<String> queries() {
        return QueryFile.list(Path.of("queries")).stream().map(QueryFile::name);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatIsExpected(String query) throws IOException {
        CommandRun result = CommandRun.of("analyze", folder.resolve("rec").toString(), query, "--format", "csv");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(Files.readString(EXPECTED.resolve(query + ".csv")));
    }

    /** What the header promises is what the result has, so that documents can be made of headers. */
    @ParameterizedTest
    @MethodSource("queries")
    void headerNamesTheColumns(String query) throws IOException {
        String sql = Files.readString(Path.of("queries", query + ".sql"));
        String columns = sql.lines()
                .takeWhile(line -> line.startsWith("--"))
                .dropWhile(line -> !line.startsWith("-- Columns:"))
                .map(line -> line.replaceFirst("-- (Columns:)?", ""))
                .reduce("", (a, b) -> a + " " + b)
                .replaceAll("\\([^)]*\\)", "")
                .replaceAll("\\s", "");

        assertThat(Files.readAllLines(EXPECTED.resolve(query + ".csv")).get(0)).isEqualTo(columns);
        assertThat(sql).contains("-- Answers:   ").contains("-- Reads:     ").contains("\nORDER BY ");
    }
}
