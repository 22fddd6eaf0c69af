package whisktape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks as they are committed; {@code NotebooksIT} runs them. */
final class NotebooksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern QUERY = Pattern.compile("\\bask(?:_both)?\\(\\s*\"([^\"]+)\"");

    static Stream<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void areCommittedWithoutOutputs(Path notebook) throws IOException {
        assertThat(code(notebook)).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.get("outputs")).isEmpty();
            assertThat(cell.get("execution_count").isNull()).isTrue();
            assertThat(cell.get("metadata")).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void askQueriesThatThereAre(Path notebook) throws IOException {
        List<String> queries = code(notebook)
                .flatMap(cell -> QUERY.matcher(text(cell)).results())
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(queries)
                .isNotEmpty()
                .allSatisfy(
                        query -> assertThat(Path.of("queries", query + ".sql")).exists());
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void beginAlike(Path notebook) throws IOException {
        String first =
                text(code(Path.of("notebooks/first-look.ipynb")).findFirst().orElseThrow());

        assertThat(text(code(notebook).findFirst().orElseThrow())).startsWith(first);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void areListedInTheReadme(Path notebook) throws IOException {
        String name = notebook.getFileName().toString();

        assertThat(Files.readString(Path.of("notebooks/README.md"))).contains("[" + name + "](" + name + ")");
    }

    private static Stream<JsonNode> code(Path notebook) throws IOException {
        return StreamSupport.stream(
                        JSON.readTree(notebook.toFile()).get("cells").spliterator(), false)
                .filter(cell -> cell.get("cell_type").asText().equals("code"));
    }

    private static String text(JsonNode cell) {
        StringBuilder text = new StringBuilder();
        cell.get("source").forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
