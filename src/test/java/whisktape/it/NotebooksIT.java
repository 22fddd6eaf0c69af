package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.ActivationEvent;
import whisktape.Document;
import whisktape.DocumentFixtures;
import whisktape.Fixtures;
import whisktape.ShellCommand;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

/** The notebooks as a student runs them: in an unpacked release, with Debian's Jupyter, pandas and matplotlib. */
final class NotebooksIT {
    private static final Path JUPYTER = Path.of("/usr/bin/jupyter-nbconvert");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A formula, markup, and what a reader of CSV may take for no value. */
    private static final List<String> HOSTILE_NAMES =
            List.of("guest/$\\frac{$", "guest/<img src=x onerror=alert(1)>", "guest/NA,\"\n$_$");

    @TempDir
    static Path folder;

    private static Path release;
    private static Path withoutCalls;
    private static Path hostile;
    private static Path documentsOnly;

    @BeforeAll
    static void prepare() throws Exception {
        Real.require(
                "Debian's Jupyter (apt-get install jupyter-nbconvert python3-ipykernel python3-pandas"
                        + " python3-matplotlib)",
                hasJupyter());
        release = UnpackedRelease.in(folder);
        withoutCalls = folder.resolve("without-calls");
        Fixtures.recordingOf(withoutCalls, List.of(Fixtures.event(Fixtures.message(0, 0, 1_000, "{}"))));
        hostile = folder.resolve("hostile");
        Fixtures.recordingOf(
                hostile,
                LongStream.range(0, 60)
                        .mapToObj(number -> new ActivationEvent(
                                        DocumentFixtures.id(1_000 + number), HOSTILE_NAMES.get((int) number % 3))
                                .ran(1_000_000 + 700 * number, 400 + number)
                                .waited(number)
                                .initialised(number % 2 == 0 ? 300L : 0L)
                                .at(number))
                        .toList());
        documentsOnly = folder.resolve("documents-only");
        recordDocuments(documentsOnly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-look", "cold-starts", "before-after"})
    void drawTheSampleThatTheReleaseBrings(String notebook) throws Exception {
        assertThat(figures(run(notebook, Map.of()))).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-look", "cold-starts"})
    void drawNamesThatLookLikeFormulasAndMarkup(String notebook) throws Exception {
        JsonNode made = run(notebook, Map.of("WHISKTAPE_RECORDING", hostile));

        assertThat(figures(made)).hasSize(4);
        assertThat(made.findValuesAsText("text/html")).noneMatch(html -> html.contains("<img"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-look", "cold-starts"})
    void sayThatThereIsNothingToDraw(String notebook) throws Exception {
        JsonNode made = run(notebook, Map.of("WHISKTAPE_RECORDING", withoutCalls));

        assertThat(figures(made)).isEmpty();
        assertThat(made.findValues("text").toString()).contains("has figures that count");
    }

    @Test
    void compareWhatCameFromTheTopicAloneWithWhatCameFromTheDatabaseAlone() throws Exception {
        JsonNode made = run("before-after", Map.of("WHISKTAPE_BEFORE", hostile, "WHISKTAPE_AFTER", documentsOnly));

        assertThat(figures(made)).isNotEmpty();
        assertThat(made.findValues("text").toString()).contains("there is no median to compare");
    }

    @Test
    void sayThatThereIsNothingToCompare() throws Exception {
        JsonNode made = run("before-after", Map.of("WHISKTAPE_BEFORE", hostile, "WHISKTAPE_AFTER", withoutCalls));

        assertThat(made.findValues("text").toString()).contains("there is nothing to compare");
    }

    private static boolean hasJupyter() throws Exception {
        return Files.isExecutable(JUPYTER)
                && ShellCommand.of("/usr/bin/python3", "-c", "import ipykernel, matplotlib, pandas")
                                .run()
                                .exitCode()
                        == 0;
    }

    private static void recordDocuments(Path folder) {
        List<Document> documents = LongStream.range(0, 20)
                .mapToObj(number -> DocumentFixtures.document(
                        1, number, "{}", DocumentFixtures.record(number, List.of(), List.of())))
                .toList();
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(DocumentFixtures.SERVER, DocumentFixtures.DATABASE, DocumentFixtures.START);
            writer.write(documents, Optional.of("20-last"));
            writer.finish();
        }
    }

    /** Runs all cells; the first that fails ends it. Java is this one, everything else Debian's. */
    private static JsonNode run(String notebook, Map<String, Path> recordings) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HOME", folder.toString(), "PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home")));
        recordings.forEach((name, path) -> environment.put(name, path.toString()));
        Path made = Files.createTempDirectory(folder, notebook);

        ShellCommand.Result result = ShellCommand.of(
                        JUPYTER, "--to", "notebook", "--execute", "--output-dir", made, notebook + ".ipynb")
                .in(release.resolve("notebooks"))
                .withOnly(environment)
                .run();

        assertThat(result.exitCode()).as(result.err()).isZero();
        return read(made.resolve(notebook + ".ipynb"));
    }

    private static List<JsonNode> figures(JsonNode notebook) {
        return notebook.findValues("image/png");
    }

    private static JsonNode read(Path notebook) throws IOException {
        return JSON.readTree(notebook.toFile());
    }
}
