package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Message;
import whisktape.OddDocuments;
import whisktape.OddMessages;
import whisktape.Position;
import whisktape.cli.CommandRun;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.metrics.Labelling;
import whisktape.metrics.UserEventMetrics;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** What a report says of a shared recording is what it says of the original, but for names. */
final class SharedReportsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    private Path recording;

    @BeforeEach
    void nameFolder() {
        recording = temp.resolve("run");
    }

    @ParameterizedTest
    @CsvSource({"main", "interrupted"})
    void ofARealOpenWhisk(String sample) throws IOException {
        importSample(sample);

        assertSameReports();
    }

    @Test
    void ofOneWhosePayloadsWereNotRecorded() throws IOException {
        importSample("main", "--no-payloads");

        assertSameReports();
    }

    @Test
    void ofASimulation() throws IOException {
        SimulationRecording.write(recording, SimulationPlan.ofEachBottleneck().lasting(Duration.ofMinutes(6)), 7);

        assertSameReports();
    }

    @Test
    void ofWhatOpenWhiskDoesNotSend() throws IOException {
        writeOdd();

        assertSameReports();
    }

    private void importSample(String sample, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "--ndjson",
                "events=" + SAMPLES.resolve(sample).resolve("events.jsonl.gz") + ",activations="
                        + SAMPLES.resolve(sample).resolve("activations.jsonl.gz"),
                "-o",
                recording.toString()));
        arguments.addAll(List.of(more));
        assertThat(CommandRun.of(arguments.toArray(String[]::new)).exitCode()).isZero();
    }

    private void writeOdd() {
        try (RecordingWriter writer =
                RecordingWriter.create(recording, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.begin(Optional.of("server"), "activations", new DatabasePosition(1, Optional.empty(), "0"));
            EventParser parser = new EventParser();
            long offset = 0;
            for (OddMessages.Odd odd : OddMessages.all().values()) {
                writer.write(parser.parse(new Message(
                        1,
                        0,
                        offset,
                        offset,
                        Message.TimestampType.CREATE,
                        offset++,
                        odd.key(),
                        odd.value(),
                        odd.headers())));
            }
            DocumentParser documentParser = new DocumentParser();
            List<Document> page = OddDocuments.all().values().stream()
                    .map(text -> documentParser.parse(1, null, 5, null, null, false, text))
                    .toList();
            writer.write(page, Optional.of("9-node@host"));
            writer.finish();
        }
    }

    private void assertSameReports() throws IOException {
        Path file = temp.resolve("run.zip");
        Recording original = Recording.open(recording);
        Sharing.share(original, file, Cut.NONE, Set.of(), Salt.random(), rows -> {});
        Path imported = temp.resolve("shared/run");
        CommandRun run = CommandRun.of("import", file.toString(), "-o", imported.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Recording shared = Recording.open(imported);
        SharedNames names = SharedNames.of(original, shared);

        JsonNode before = report(recording, names::in);
        JsonNode after = report(shared.folder(), UnaryOperator.identity());

        assertThat(names.size()).isPositive();
        assertThat(after.get("quality")).isEqualTo(before.get("quality"));
        assertThat(texts(after.get("findings"))).containsExactlyInAnyOrderElementsOf(texts(before.get("findings")));
        for (int i = 0; i < before.get("sections").size(); i++) {
            JsonNode section = before.get("sections").get(i);
            assertThat(texts(after.get("sections").get(i).get("rows")))
                    .as(section.get("query").asText())
                    .containsExactlyInAnyOrderElementsOf(texts(section.get("rows")));
        }
        assertThat(metrics(shared))
                .containsExactlyInAnyOrderElementsOf(
                        metrics(original).stream().map(names::in).toList());
        assertThat(CommandRun.of("verify", shared.folder().toString()).exitCode())
                .isEqualTo(CommandRun.of("verify", recording.toString()).exitCode());
    }

    /** What user-events makes of a replay, by the bytes that are sent. */
    private static List<String> metrics(Recording recording) throws IOException {
        UserEventMetrics metrics = new UserEventMetrics(Labelling.COMPATIBLE);
        for (Segment segment : recording.segments(Segment.EVENTS)) {
            try (MessageReader messages = recording.messagesOf(segment)) {
                messages.forEachRemaining(
                        recorded -> metrics.count(recorded.message().value()));
            }
        }
        StringWriter text = new StringWriter();
        metrics.writeText(text);
        return text.toString().lines().toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.toString()));
        return texts;
    }

    private static JsonNode report(Path folder, UnaryOperator<String> names) throws IOException {
        CommandRun run = CommandRun.of("analyze", folder.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return renamed(JSON.readTree(run.out().getBytes(StandardCharsets.UTF_8)), names);
    }

    private static JsonNode renamed(JsonNode node, UnaryOperator<String> names) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(renamed(entry.getValue(), names)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, renamed(array.get(i), names));
            }
        } else if (node instanceof TextNode text) {
            return new TextNode(names.apply(text.asText()));
        }
        return node;
    }
}
