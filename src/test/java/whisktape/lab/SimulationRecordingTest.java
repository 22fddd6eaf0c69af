package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.recording.DocumentReader;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

class SimulationRecordingTest {
    private static final SimulationPlan PLAN = SimulationPlan.ofEverything().lasting(Duration.ofSeconds(40));

    @TempDir
    Path temp;

    @Test
    void holdsEveryEventByteForByte() {
        SimulationRecording.Made made = SimulationRecording.write(temp.resolve("r"), PLAN, 3);
        SimulatedOutput output = new SimulatedOutput(PLAN, 3);
        List<byte[]> expected = new ArrayList<>();
        for (Emission emission : output.emissions) {
            if (emission instanceof SimulatedEvent event) {
                expected.add(event.value());
            }
        }

        assertThat(values(temp.resolve("r"))).containsExactlyElementsOf(expected);
        assertThat(made.events()).isEqualTo(expected.size());
        assertThat(made.documents()).isEqualTo(output.documents().count());
    }

    @Test
    void holdsEveryDocumentByteForByte() {
        SimulationRecording.write(temp.resolve("r"), PLAN, 3);
        List<byte[]> expected = new SimulatedOutput(PLAN, 3)
                .emissions.stream()
                        .filter(SimulatedDocument.class::isInstance)
                        .map(document -> ((SimulatedDocument) document).text())
                        .toList();

        assertThat(texts(temp.resolve("r"))).isNotEmpty().containsExactlyElementsOf(expected);
    }

    @Test
    void isTheSameFileForFileForTheSameSeed() throws IOException {
        SimulationRecording.write(temp.resolve("one"), PLAN, 3);
        SimulationRecording.write(temp.resolve("other"), PLAN, 3);

        assertThat(files(temp.resolve("one"))).isNotEmpty().isEqualTo(files(temp.resolve("other")));
    }

    @Test
    void tellsTheTruthAboutWhatWasPlanted() {
        SimulationPlan plan = PLAN.plant(new SimulatedBottleneck.SlowInvoker(3, 2));

        assertThat(SimulationRecording.write(temp.resolve("r"), plan, 3).planted())
                .isEqualTo(new SimulatedOutput(plan, 3).simulation.truth());
    }

    private static List<byte[]> values(Path folder) {
        Recording recording = Recording.open(folder);
        List<byte[]> values = new ArrayList<>();
        for (Segment segment : recording.segments(Segment.EVENTS)) {
            try (MessageReader messages = recording.messagesOf(segment)) {
                while (messages.hasNext()) {
                    values.add(messages.next().message().value());
                }
            }
        }
        return values;
    }

    private static List<byte[]> texts(Path folder) {
        Recording recording = Recording.open(folder);
        List<byte[]> texts = new ArrayList<>();
        for (Segment segment : recording.segments(Segment.ACTIVATIONS)) {
            try (DocumentReader documents = recording.documentsOf(segment)) {
                documents.forEachRemaining(document -> texts.add(document.text()));
            }
        }
        return texts;
    }

    private static Map<String, List<Byte>> files(Path folder) throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte each : Files.readAllBytes(file)) {
                    bytes.add(each);
                }
                contents.put(folder.relativize(file).toString(), bytes);
            }
        }
        return contents;
    }
}
