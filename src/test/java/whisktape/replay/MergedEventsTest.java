package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.Fixtures.message;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

class MergedEventsTest {
    @TempDir
    Path folder;

    @Test
    void mergesPartitionsByTimeAndKeepsEachInItsOrder() {
        Recording recording = Fixtures.recording(
                folder,
                List.of(
                        message(0, 10, 1000, "a"),
                        message(0, 11, 3000, "b"),
                        message(1, 70, 2000, "c"),
                        message(1, 71, 4000, "d"),
                        message(2, 5, 500, "e")));

        assertThat(order(Selection.of(recording))).containsExactly("2@5", "0@10", "1@70", "0@11", "1@71");
    }

    @Test
    void letsAnEventThatStepsBackFollowItsPredecessor() {
        Recording recording = Fixtures.recording(
                folder,
                List.of(
                        message(0, 0, 3000, "a"),
                        message(0, 1, 1000, "steps back"),
                        message(1, 0, 2000, "b"),
                        message(1, 1, 3001, "c")));

        assertThat(order(Selection.of(recording))).containsExactly("1@0", "0@0", "0@1", "1@1");
    }

    @Test
    void takesTheLivesOfATopicOneAfterTheOther() {
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("c", "events", position(1, 0));
            writer.write(Fixtures.unread(message(0, 0, 9000, "first life")));
            writer.beginLife(position(2, 0));
            writer.write(Fixtures.unread(inLife(2, message(0, 0, 1000, "second life"))));
            writer.finish();
        }

        assertThat(values(Selection.of(Recording.open(folder)))).containsExactly("first life", "second life");
    }

    @Test
    void givesTheSameWindowHoweverTheRowsAreGrouped() {
        List<Message> messages = List.of(
                message(0, 0, Message.NO_TIMESTAMP, "before any time"),
                message(0, 1, 1000, "a"),
                message(0, 2, Message.NO_TIMESTAMP, "after a"),
                message(0, 3, 2000, "b"),
                message(0, 4, Message.NO_TIMESTAMP, "after b"),
                message(0, 5, 9000, "beyond"),
                message(0, 6, Message.NO_TIMESTAMP, "after beyond"),
                message(0, 7, 2500, "steps back"),
                message(0, 8, 9000, "beyond again"));
        for (long bufferedBytes : List.of(1L, 700L, SealLimits.DEFAULT.bufferedBytes())) {
            Recording recording = Fixtures.recording(
                    folder.resolve("of" + bufferedBytes),
                    new SealLimits(SealLimits.DEFAULT.age(), SealLimits.DEFAULT.sizeBytes(), bufferedBytes),
                    messages);
            Selection window =
                    Selection.of(recording).from(Instant.ofEpochMilli(1500)).until(Instant.ofEpochMilli(3000));

            assertThat(values(window)).containsExactly("b", "after b", "steps back");
            assertThat(values(window.from(Instant.ofEpochMilli(500))))
                    .containsExactly("a", "after a", "b", "after b", "steps back");
        }
    }

    @Test
    void aWindowWithoutAnEndHasTheLastOfAllTimes() {
        Recording recording = Fixtures.recording(
                folder,
                List.of(
                        message(0, 0, 1000, "a"),
                        message(0, 1, Long.MAX_VALUE, "at the end of all times"),
                        message(1, 0, Long.MAX_VALUE, "there too")));

        assertThat(values(Selection.of(recording))).containsExactly("a", "at the end of all times", "there too");
        assertThat(values(Selection.of(recording).from(Instant.ofEpochMilli(1001))))
                .containsExactly("at the end of all times", "there too");
    }

    @Test
    void takesWhatIsInTheWindow() {
        Recording recording = Fixtures.recording(
                folder,
                List.of(
                        message(0, 0, 999, "before"),
                        message(0, 1, 1000, "first"),
                        message(0, 2, 500, "stepped back"),
                        message(0, 3, 1999, "last"),
                        message(0, 4, 2000, "after")));

        assertThat(values(Selection.of(recording).from(at(1000)).until(at(2000))))
                .containsExactly("first", "last");
        assertThat(values(Selection.of(recording).from(at(2000)))).containsExactly("after");
        assertThat(values(Selection.of(recording).until(at(1000)))).containsExactly("before", "stepped back");
        assertThat(values(Selection.of(recording).from(at(5000)))).isEmpty();
    }

    @Test
    void countsAnEventWithoutTimeToItsPredecessorInWhateverSegmentThatIs() {
        Recording recording = Segments.write(
                folder,
                List.of(untimed(0, "leading"), message(0, 1, 1000, "early")),
                List.of(untimed(2, "with early"), message(0, 3, 2000, "late")),
                List.of(untimed(4, "with late"), message(0, 5, 3000, "later")),
                List.of(untimed(6, "with later"), message(0, 7, 4000, "latest")),
                List.of(message(0, 8, 5000, "even later")));
        Selection all = Selection.of(recording);

        assertThat(recording.segments()).hasSize(5);
        assertThat(values(all.until(at(1500)))).containsExactly("leading", "early", "with early");
        assertThat(values(all.from(at(2000)).until(at(3000)))).containsExactly("late", "with late");
        assertThat(values(all.from(at(3000)).until(at(4000)))).containsExactly("later", "with later");
        assertThat(values(all.from(at(5000)))).containsExactly("even later");
    }

    @Test
    void doesNotOpenSegmentsOutsideTheWindow() throws Exception {
        Recording recording =
                Segments.write(folder, List.of(message(0, 0, 1000, "damaged")), List.of(message(0, 1, 2000, "kept")));
        Files.write(recording.fileOf(recording.segments().get(0)), new byte[10]);

        assertThat(values(Selection.of(recording).from(at(1500)))).containsExactly("kept");
    }

    @Test
    void takesWhatTheFilterLetsThrough() {
        Recording recording = Fixtures.recording(
                folder, List.of(message(0, 0, 1, "a"), message(0, 1, 2, "b"), message(1, 0, 3, "c")));

        assertThat(values(Selection.of(recording).where((life, partition, offset) -> life == 1 && offset == 0)))
                .containsExactly("a", "c");
    }

    @Test
    void findsNothingInAnEmptyRecording() {
        assertThat(values(Selection.of(Fixtures.recording(folder, List.of())))).isEmpty();
    }

    private static Position position(int life, long offset) {
        return new Position(life, Optional.empty(), Map.of(0, offset));
    }

    private static Message untimed(long offset, String value) {
        return message(0, offset, Message.NO_TIMESTAMP, value);
    }

    private static Message inLife(int life, Message message) {
        return new Message(
                life,
                message.partition(),
                message.offset(),
                message.timestampMs(),
                message.timestampType(),
                message.recordedAtMs(),
                message.key(),
                message.value(),
                message.headers());
    }

    private static Instant at(long ms) {
        return Instant.ofEpochMilli(ms);
    }

    private static List<String> order(Selection selection) {
        return read(selection).stream()
                .map(message -> message.partition() + "@" + message.offset())
                .toList();
    }

    private static List<String> values(Selection selection) {
        return read(selection).stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Message> read(Selection selection) {
        List<Message> messages = new ArrayList<>();
        try (MergedEvents events = new MergedEvents(selection)) {
            for (PartitionEvents at = events.next(); at != null; at = events.next()) {
                messages.add(at.message());
            }
        }
        return messages;
    }
}
