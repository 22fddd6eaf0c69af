package whisktape.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.Position;
import whisktape.source.EventBatch;
import whisktape.source.EventParser;
import whisktape.source.ReadBatch;

/** Events of known shapes are written column by column, and the same is recorded as where each is written by itself. */
class EventRowsTest {
    private static final int EVENTS = 20_000;

    @TempDir
    Path temp;

    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void recordsWhatIsRecordedEventByEvent() {
        List<Message> messages = messages(1_000);
        List<EventBatch> batches = ReadBatch.of(messages, 700);

        assertSameRecorded(messages, batches);
        assertThat(batches.stream().filter(batch -> batch.shaped().isPresent()).count())
                .isGreaterThan(EVENTS / 700);
    }

    /** More than a dictionary takes. */
    @Test
    void recordsTextsThatHardlyRepeat() {
        List<Message> messages = messages(Integer.MAX_VALUE);

        assertSameRecorded(messages, ReadBatch.of(messages, 1_000));
    }

    @Test
    void takesNoEventTwice() {
        List<EventBatch> batches = ReadBatch.of(messages(1_000), 700);
        try (RecordingWriter writer = begun("twice")) {
            write(writer, batches.get(0));
            write(writer, batches.get(1));

            assertThatThrownBy(() -> writer.write(batches.get(1).shaped().orElseThrow()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("comes again");
        }
    }

    /** Which knows no shapes. */
    @Test
    void theOldestFormatKeepsEachValue() throws IOException {
        Path folder = temp.resolve("old");
        Files.createDirectories(folder.resolve(Segment.EVENTS));
        Path old = Path.of("src/test/resources/recordings/v1-events");
        Files.copy(old.resolve(ManifestFile.NAME), folder.resolve(ManifestFile.NAME));
        for (Path file : SegmentNames.list(old)) {
            Files.copy(file, folder.resolve(Segment.EVENTS).resolve(file.getFileName()));
        }
        List<Message> messages = messages(1_000).subList(0, 1_000);
        long next = Recording.open(folder).segments().get(0).nextOffset();

        try (RecordingWriter writer =
                RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            List<Message> moved =
                    messages.stream().map(message -> moved(message, next)).toList();
            ReadBatch.of(moved, 300).forEach(batch -> write(writer, batch));
            writer.finish();
        }

        Recording recording = Recording.open(folder);
        assertThat(Verifier.verify(recording).problems()).isEmpty();
        assertThat(values(recording))
                .endsWith(messages.stream()
                        .map(message -> new String(message.value(), UTF_8))
                        .toArray(String[]::new));
    }

    private static Message moved(Message message, long by) {
        return new Message(
                1,
                0,
                message.offset() + by,
                message.timestampMs(),
                message.timestampType(),
                0,
                null,
                message.value(),
                List.of());
    }

    private static List<String> values(Recording recording) {
        List<String> values = new ArrayList<>();
        for (Segment segment : recording.segments()) {
            try (MessageReader messages = recording.messagesOf(segment)) {
                while (messages.hasNext()) {
                    byte[] value = messages.next().message().value();
                    values.add(value == null ? null : new String(value, UTF_8));
                }
            }
        }
        return values;
    }

    private void assertSameRecorded(List<Message> messages, List<EventBatch> batches) {
        Recording one = recorded("one", writer -> {
            EventParser parser = new EventParser();
            messages.forEach(message -> writer.write(parser.parse(message)));
        });
        Recording other = recorded("other", writer -> batches.forEach(batch -> write(writer, batch)));

        assertThat(RecordedRows.of(other, Segment.EVENTS, List.of("recorded_at_ms")))
                .isEqualTo(RecordedRows.of(one, Segment.EVENTS, List.of("recorded_at_ms")));
        assertThat(other.segments().get(0).counts())
                .isEqualTo(one.segments().get(0).counts());
        assertThat(one.segments().get(0).counts().duplicates()).isPositive();
        assertThat(Verifier.verify(other).problems()).isEmpty();
    }

    private Recording recorded(String name, Consumer<RecordingWriter> events) {
        try (RecordingWriter writer = begun(name)) {
            events.accept(writer);
            writer.finish();
        }
        return Recording.open(temp.resolve(name));
    }

    private RecordingWriter begun(String name) {
        RecordingWriter writer =
                RecordingWriter.create(temp.resolve(name), Map.of(), null, SealLimits.DEFAULT, InstantSource.system());
        writer.begin(Fixtures.CLUSTER, Fixtures.TOPIC, new Position(1, Optional.empty(), Map.of(0, 0L)));
        return writer;
    }

    private static void write(RecordingWriter writer, EventBatch batch) {
        batch.shaped().ifPresent(writer::write);
        for (Event event : batch.events()) {
            writer.write(event);
        }
    }

    /** Some of them delivered twice, some without a Kafka timestamp, some that become no row. */
    private List<Message> messages(int names) {
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < EVENTS; offset++) {
            String value = switch (random.nextInt(30)) {
                case 0 -> OddMessages.withBodyField("statusCode", "4");
                case 1 -> OddMessages.withBodyField("duration", "\"soon\"");
                case 2 -> OddMessages.withBodyField("activationId", "null");
                case 3 -> OddMessages.withBodyField("activationId", "\"\"");
                case 4, 5, 6 -> metric();
                default -> activation(names);
            };
            boolean timed = random.nextInt(50) > 0;
            messages.add(new Message(
                    1,
                    0,
                    offset,
                    timed ? 1_795_427_079_000L + offset / 5 : Message.NO_TIMESTAMP,
                    Message.TimestampType.CREATE,
                    0,
                    null,
                    value.getBytes(UTF_8),
                    List.of()));
        }
        return messages;
    }

    private String activation(int names) {
        String id = Long.toHexString(random.nextInt(EVENTS)).repeat(8);
        return OddMessages.withBodyField("name", "\"guest/action" + random.nextInt(names) + "\"")
                .replace("a1484b6e79274812884b6e79274812c6", id)
                .replace("\"conductor\":false", "\"conductor\":" + random.nextBoolean())
                .replace("\"waitTime\":42", "\"waitTime\":" + random.nextInt(-3, 3_000))
                .replace("\"size\":27,", random.nextBoolean() ? "" : "\"size\":" + random.nextLong(1L << 40) + ",");
    }

    private String metric() {
        return "{\"body\":{\"metricName\":\"ConcurrentInvocations\",\"metricValue\":" + random.nextInt(60)
                + "},\"eventType\":\"Metric\",\"namespace\":\"guest\",\"source\":\"controller0\",\"subject\":\"guest\","
                + "\"timestamp\":" + random.nextInt(1_000) + ",\"userId\":\"23bc46b1\"}";
    }
}
