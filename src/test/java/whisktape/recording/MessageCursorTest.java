package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.WhisktapeException;
import whisktape.source.EventParser;

class MessageCursorTest {
    /** Of several times the rows that a column unpacks at once. */
    private static final int ROWS = 5_000;

    @TempDir
    Path folder;

    /** In steps that skip some rows of what is unpacked together, or all of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_024, 2_500})
    void putsTogetherWhatIsAskedFor(int step) {
        List<Message> written = messages();
        Recording recording = record(written);

        List<String> read = new ArrayList<>();
        try (MessageCursor cursor = recording.cursorOf(recording.segments().get(0))) {
            for (int i = 0; cursor.advance(); i++) {
                assertThat(cursor.offset()).isEqualTo(written.get(i).offset());
                assertThat(cursor.timeMs()).isEqualTo(written.get(i).timestampMs());
                if (i % step == step - 1) {
                    read.add(text(cursor.message()));
                }
            }
        }

        List<String> asked = new ArrayList<>();
        for (int i = step - 1; i < ROWS; i += step) {
            asked.add(text(written.get(i)));
        }
        assertThat(read).isEqualTo(asked);
    }

    @Test
    void bothReadersGiveTheSameMessages() {
        List<Message> written = messages();
        Recording recording = record(written);
        Segment segment = recording.segments().get(0);

        List<String> read = new ArrayList<>();
        List<String> ofEvents = new ArrayList<>();
        try (MessageReader messages = recording.messagesOf(segment);
                EventReader events = recording.eventsOf(segment)) {
            messages.forEachRemaining(message -> read.add(text(message.message())));
            events.forEachRemaining(event -> ofEvents.add(text(event.message())));
        }

        List<String> expected = written.stream().map(MessageCursorTest::text).toList();
        assertThat(RecordedRows.of(recording, Segment.EVENTS).stream()
                        .filter(row -> !row.contains(" shape=null"))
                        .count())
                .isGreaterThan(ROWS / 2);
        assertThat(read).isEqualTo(expected);
        assertThat(ofEvents).isEqualTo(expected);
    }

    @Test
    void takesTheEventsOwnTimeWhereKafkaHasNone() {
        Recording recording = record(List.of(
                Fixtures.message(0, 0, Message.NO_TIMESTAMP, "{\"timestamp\":5000}"),
                Fixtures.message(0, 1, Message.NO_TIMESTAMP, "no JSON")));

        try (MessageCursor cursor = recording.cursorOf(recording.segments().get(0))) {
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.hasTime()).isTrue();
            assertThat(cursor.timeMs()).isEqualTo(5000);
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.hasTime()).isFalse();
            assertThat(cursor.advance()).isFalse();
        }
    }

    @Test
    void passesOverRowGroupsByTheirTimes() {
        SealLimits eachItsRowGroup = new SealLimits(SealLimits.DEFAULT.age(), SealLimits.DEFAULT.sizeBytes(), 1);
        Recording recording = Fixtures.recording(
                folder,
                eachItsRowGroup,
                List.of(
                        Fixtures.message(0, 0, 1000, "a"),
                        Fixtures.message(0, 1, 2000, "b"),
                        Fixtures.message(0, 2, Message.NO_TIMESTAMP, "c")));

        try (MessageCursor cursor = recording.cursorOf(recording.segments().get(0))) {
            assertThat(cursor.nextTimesMs()).contains(new LongRange(1000, 1000));
            cursor.skipNext();
            assertThat(cursor.nextTimesMs()).contains(new LongRange(2000, 2000));
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.offset()).isEqualTo(1);
            assertThat(text(cursor.message())).contains("'b'");
            assertThat(cursor.nextTimesMs()).isEmpty();
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.offset()).isEqualTo(2);
            assertThat(cursor.nextTimesMs()).isEmpty();
            assertThat(cursor.advance()).isFalse();
        }
    }

    @Test
    void saysWhichSegmentIsDamaged() throws Exception {
        Recording recording = record(messages());
        Path file = recording.fileOf(recording.segments().get(0));
        byte[] bytes = Files.readAllBytes(file);
        // The footer is behind the middle, the pages of the columns are before it.
        for (int i = 4; i < bytes.length / 2; i++) {
            bytes[i] = 7;
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> {
                    try (MessageCursor cursor =
                            recording.cursorOf(recording.segments().get(0))) {
                        while (cursor.advance()) {
                            cursor.message();
                        }
                    }
                })
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageStartingWith("cannot read the segment " + file);
    }

    private Recording record(List<Message> messages) {
        EventParser parser = new EventParser();
        return Fixtures.recordingOf(folder, messages.stream().map(parser::parse).toList());
    }

    private static String text(Message message) {
        List<String> headers = message.headers().stream()
                .map(header -> header.key() + "=" + text(header.value()))
                .toList();
        return message.offset() + " " + message.timestampMs() + " " + message.timestampType() + " "
                + message.recordedAtMs() + " " + text(message.key()) + " " + text(message.value()) + " " + headers;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "none" : "'" + new String(bytes, StandardCharsets.ISO_8859_1) + "'";
    }

    /** Ordinary events with numbers of every length among odd ones, which have other shapes or none. */
    private static List<Message> messages() {
        List<OddMessages.Odd> odd = OddMessages.all().values().stream()
                .filter(message -> message.value() == null || message.value().length < 10_000)
                .toList();
        SplittableRandom random = new SplittableRandom(3);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            OddMessages.Odd next = random.nextInt(4) == 0
                    ? odd.get(random.nextInt(odd.size()))
                    : new OddMessages.Odd(
                            null,
                            OddMessages.withBodyField(
                                            random.nextBoolean() ? "duration" : "waitTime", Long.toString(number))
                                    .getBytes(StandardCharsets.UTF_8),
                            List.of());
            messages.add(new Message(
                    1,
                    0,
                    i,
                    1_700_000_000_000L + i,
                    Message.TimestampType.CREATE,
                    i,
                    next.key(),
                    next.value(),
                    next.headers()));
        }
        return messages;
    }
}
