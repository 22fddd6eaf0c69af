package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Event;
import whisktape.Message;
import whisktape.OddDocuments;
import whisktape.OddMessages;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** A copy has rows where the original has them, and every column is read back as it was written. */
final class RecordingCopyTest {
    private static final SealLimits SMALL = new SealLimits(Duration.ofSeconds(30), 1 << 16, 1 << 14);

    @TempDir
    private Path temp;

    private final List<Event> events = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private Recording original;

    @BeforeEach
    void record() throws IOException {
        try (RecordingWriter writer =
                RecordingWriter.create(temp.resolve("original"), Map.of(), null, SMALL, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 3L)));
            writer.begin(Optional.empty(), "activations", new DatabasePosition(1, Optional.empty(), "0"));
            writeEvents(writer);
            writeDocuments(writer);
            writer.sealAll();
            writer.finish();
        }
        original = Recording.open(temp.resolve("original"));
        Files.createDirectories(temp.resolve("copy"));
    }

    private void writeEvents(RecordingWriter writer) {
        EventParser parser = new EventParser();
        long offset = 3;
        Map<String, OddMessages.Odd> odds = OddMessages.all();
        // A question mark in the column.
        odds.remove("half a surrogate");
        for (OddMessages.Odd odd : odds.values()) {
            // Kafka leaves out offsets now and then.
            offset += 2;
            events.add(parser.parse(new Message(
                    1,
                    0,
                    offset,
                    offset % 3 - 1,
                    Message.TimestampType.APPEND,
                    9,
                    odd.key(),
                    odd.value(),
                    odd.headers())));
        }
        events.forEach(writer::write);
    }

    private void writeDocuments(RecordingWriter writer) {
        DocumentParser parser = new DocumentParser();
        Map<String, byte[]> odds = OddDocuments.all();
        odds.remove("half a surrogate");
        odds.values()
                .forEach(text -> documents.add(parser.parse(1, "7-a", 9, null, documents.size() + "-a", false, text)));
        for (String name : List.of("trigger-with-refusal", "sequence", "composition", "design", "web-action")) {
            documents.add(parser.parse(1, null, 9, null, null, false, OddDocuments.sample(name)));
        }
        documents.add(parser.parse(1, null, 9, "a/b", "2-c", true, null));
        writer.write(documents, Optional.of("8-b"));
        // Delivered again, so it is counted and is no row.
        writer.write(List.of(documents.get(documents.size() - 1)), Optional.of("9-c"));
    }

    @Test
    void everyColumnIsReadBackAsItWasWritten() {
        assertThat(eventsOf(original)).isEqualTo(rows(events));
        assertThat(documentsOf(original))
                .isEqualTo(documents.stream().map(RecordingCopyTest::row).toList());
    }

    @Test
    void hasTheSameRowsAndCountsInTheSamePlaces() {
        Recording copy = copied();

        assertThat(eventsOf(copy)).isEqualTo(eventsOf(original));
        assertThat(documentsOf(copy)).isEqualTo(documentsOf(original));
        assertThat(copy.segments())
                .extracting(Segment::counts)
                .isEqualTo(original.segments().stream().map(Segment::counts).toList());
        assertThat(copy.segments())
                .extracting(Segment::file)
                .isEqualTo(original.segments().stream().map(Segment::file).toList());
        assertThat(copy.segments("activations"))
                .allMatch(segment -> segment.nextUpdateSeq().equals("elsewhere"));
        assertThat(original.segments().stream().mapToLong(Segment::duplicates).sum())
                .isPositive();
        assertThat(Verifier.verify(copy).problems())
                .extracting(Verification.Problem::what)
                .isEqualTo(Verifier.verify(original).problems().stream()
                        .map(Verification.Problem::what)
                        .toList());
    }

    @Test
    void isMadeOfWholeSegmentsOnly() throws IOException {
        Path file = original.fileOf(original.segments().get(0));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);

        assertThatThrownBy(this::copied)
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessage("the segment " + file
                        + " is missing or not what was sealed; whisktape verify says what is left of the recording");
    }

    @Test
    void nobodyRecordsOnWhereSomethingWasRedacted() {
        Recording copy = copied();

        assertThatThrownBy(() -> RecordingWriter.resume(copy.folder(), Map.of(), null, SMALL, InstantSource.system()))
                .hasMessage("cannot go on with the recording " + copy.folder()
                        + ": it was redacted for sharing; record into another folder");
    }

    private Recording copied() {
        Manifest manifest = original.manifest();
        RecordingCopy copy = new RecordingCopy(
                original,
                temp.resolve("copy"),
                new Manifest(
                        1,
                        manifest.tool(),
                        manifest.state(),
                        manifest.created(),
                        Map.of(),
                        null,
                        true,
                        manifest.kafka(),
                        manifest.couchdb(),
                        List.of(),
                        List.of()));
        for (Segment segment : original.segments()) {
            if (segment.isOf(Table.EVENTS)) {
                copy.copyEvents(segment, event -> event);
            } else {
                copy.copyDocuments(segment, "elsewhere", document -> document);
            }
        }
        return copy.finish();
    }

    private static List<List<Object>> eventsOf(Recording recording) {
        List<Event> read = new ArrayList<>();
        for (Segment segment : recording.segments("events")) {
            try (EventReader reader = recording.eventsOf(segment)) {
                reader.forEachRemaining(read::add);
            }
        }
        return rows(read);
    }

    private static List<List<Object>> documentsOf(Recording recording) {
        List<Document> read = new ArrayList<>();
        for (Segment segment : recording.segments("activations")) {
            try (ActivationReader reader = recording.activationsOf(segment)) {
                reader.forEachRemaining(read::add);
            }
        }
        return read.stream().map(RecordingCopyTest::row).toList();
    }

    /** In a form that is equal where its bytes are. */
    private static List<List<Object>> rows(List<Event> events) {
        return events.stream().map(RecordingCopyTest::row).toList();
    }

    private static List<Object> row(Event event) {
        Message message = event.message();
        return Arrays.asList(
                message.incarnation(),
                message.partition(),
                message.offset(),
                message.timestampMs(),
                message.timestampType(),
                message.recordedAtMs(),
                Arrays.hashCode(message.key()),
                Arrays.hashCode(message.value()),
                message.headers().stream()
                        .map(header -> header.key() + Arrays.toString(header.value()))
                        .toList(),
                event.envelope(),
                event.body(),
                event.oddFields(),
                event.poison());
    }

    private static List<Object> row(Document document) {
        return Arrays.asList(
                document.incarnation(),
                document.updateSeq(),
                document.recordedAtMs(),
                document.id(),
                document.rev(),
                document.deleted(),
                Arrays.hashCode(document.text()),
                document.body(),
                document.oddFields());
    }
}
