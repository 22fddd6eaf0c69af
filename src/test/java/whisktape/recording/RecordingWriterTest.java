package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.Fixtures.event;
import static whisktape.Fixtures.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.Gap;
import whisktape.Message;
import whisktape.Position;
import whisktape.WhisktapeException;

class RecordingWriterTest {
    private static final Position START = new Position(1, Optional.of("topic-1"), Map.of(0, 100L, 1, 0L));

    @TempDir
    Path temp;

    @Test
    void givesBackEveryByteOfAMessage() {
        Message odd = new Message(
                1,
                0,
                7,
                Message.NO_TIMESTAMP,
                Message.TimestampType.NONE,
                42,
                new byte[] {0, -1},
                new byte[] {(byte) 0xff, 0, 10},
                List.of(
                        new Message.Header("a", null),
                        new Message.Header("", new byte[0]),
                        new Message.Header("a", new byte[] {1})));
        Message tombstone = new Message(1, 0, 9, 5, Message.TimestampType.APPEND, 43, new byte[0], null, List.of());

        Recording recording = Fixtures.recording(temp.resolve("r"), List.of(odd, tombstone));

        assertThat(messages(recording))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(odd, tombstone);
    }

    @Test
    void keepsPartitionsApartAndInOrder() {
        List<Event> events =
                List.of(event(message(1, 0, 10, "b0")), event(message(0, 5, 11, "a5")), event(message(1, 1, 12, "b1")));

        Recording recording = Fixtures.recordingOf(temp.resolve("r"), events);

        assertThat(recording.segments()).extracting(Segment::partition).containsExactly(0, 1);
        assertThat(messages(recording)).extracting(Message::offset).containsExactly(5L, 0L, 1L);
    }

    /** So that an older whisktape goes on reading it, and each of its segments has the same columns. */
    @Test
    void aRecordingOfAnOlderFormatGoesOnInIt() throws IOException {
        Path folder = temp.resolve("r");
        copy(Path.of("src/test/resources/recordings/v1-events"), folder);
        int before = messages(Recording.open(folder)).size();

        try (RecordingWriter writer = resumed(folder)) {
            long next = writer.position().orElseThrow().nextOffsets().get(0);
            writer.write(event(message(0, next, 1, "{}")));
            writer.finish();
        }

        Recording recording = Recording.open(folder);
        assertThat(recording.manifest().format()).isEqualTo(1);
        assertThat(recording.segments()).hasSize(1);
        assertThat(Verifier.verify(recording).problems()).isEmpty();
        assertThat(messages(recording)).hasSize(before + 1);
    }

    @Test
    void resumesAfterTheLastSealedSegment() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.sealAll();
            write(writer, 0, 110, 115);
        }

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.position().orElseThrow().nextOffsets()).containsEntry(0, 110L);
            write(writer, 0, 110, 120);
            writer.finish();
        }

        assertThat(offsets(folder, 0)).containsExactlyElementsOf(range(100, 120));
        assertThat(Verifier.verify(Recording.open(folder)).problems()).isEmpty();
    }

    @Test
    void takesInASegmentThatWasSealedJustBeforeTheManifestCouldBeReplaced() throws IOException {
        Path folder = temp.resolve("r");
        byte[] manifest;
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.sealAll();
            manifest = Files.readAllBytes(folder.resolve(ManifestFile.NAME));
            write(writer, 0, 110, 120);
            writer.sealAll();
        }
        Files.write(folder.resolve(ManifestFile.NAME), manifest);

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.position().orElseThrow().nextOffsets()).containsEntry(0, 120L);
            writer.finish();
        }

        assertThat(offsets(folder, 0)).containsExactlyElementsOf(range(100, 120));
    }

    @Test
    void survivesACrashBetweenMergingAndReplacingTheManifest() throws IOException {
        Path folder = temp.resolve("r");
        Path before = temp.resolve("before");
        try (RecordingWriter writer = begun(folder)) {
            for (long from = 100; from < 150; from += 10) {
                write(writer, 0, from, from + 10);
                writer.sealAll();
            }
            copy(folder, before);
            writer.finish();
        }
        Path merged = only(folder);
        Files.copy(merged, before.resolve(Segment.EVENTS).resolve(merged.getFileName()));

        assertThat(offsets(before, 0)).containsExactlyElementsOf(range(100, 150));
        try (RecordingWriter writer = resumed(before)) {
            writer.finish();
        }

        assertThat(offsets(before, 0)).containsExactlyElementsOf(range(100, 150));
        assertThat(only(before).getFileName()).isEqualTo(merged.getFileName());
    }

    @Test
    void survivesACrashBetweenReplacingTheManifestAndRemovingWhatWasMerged() throws IOException {
        Path folder = temp.resolve("r");
        Path before = temp.resolve("before");
        try (RecordingWriter writer = begun(folder)) {
            for (long from = 100; from < 150; from += 10) {
                write(writer, 0, from, from + 10);
                writer.sealAll();
            }
            copy(folder, before);
            writer.finish();
        }
        for (Path old : SegmentNames.list(before)) {
            Files.copy(old, folder.resolve(Segment.EVENTS).resolve(old.getFileName()));
        }

        assertThat(offsets(folder, 0)).containsExactlyElementsOf(range(100, 150));
        assertThat(Verifier.repair(folder)).hasSize(5).allMatch(done -> done.startsWith("removed"));

        assertThat(SegmentNames.list(folder)).hasSize(1);
        assertThat(offsets(folder, 0)).containsExactlyElementsOf(range(100, 150));
    }

    @Test
    void rebuildsALostManifestFromTheSegments() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.gap(new Gap(1, 0, 110, 130L, Gap.RETENTION));
            write(writer, 0, 130, 140);
            writer.finish();
        }
        Manifest before = Recording.open(folder).manifest();
        Files.delete(folder.resolve(ManifestFile.NAME));

        Verifier.repair(folder);

        Manifest after = Recording.open(folder).manifest();
        assertThat(after.segments()).isEqualTo(before.segments());
        assertThat(after.gaps()).isEqualTo(before.gaps());
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.kafka()).isEqualTo(before.kafka());
    }

    @Test
    void turnsADamagedSegmentIntoAGap() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.sealAll();
            write(writer, 0, 110, 120);
            writer.sealAll();
            write(writer, 0, 120, 130);
            writer.sealAll();
        }
        Path second = SegmentNames.list(folder).get(1);
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length / 2] ^= 1;
        Files.write(second, bytes);
        assertThat(Verifier.verify(Recording.open(folder)).problems())
                .singleElement()
                .extracting(Verification.Problem::what)
                .asString()
                .contains("checksum");

        Verifier.repair(folder);

        assertThat(Recording.open(folder).manifest().gaps()).containsExactly(new Gap(1, 0, 110, 120L, Gap.DAMAGED));
        assertThat(offsets(folder, 0)).hasSize(20);
    }

    @Test
    void turnsAMissingLastSegmentIntoAGapWhenRepairedAndReadsItAgainWhenResumed() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.sealAll();
            write(writer, 0, 110, 120);
            writer.sealAll();
        }
        Files.delete(SegmentNames.list(folder).get(1));
        Path copy = temp.resolve("copy");
        copy(folder, copy);

        Verifier.repair(folder);
        assertThat(Recording.open(folder).manifest().gaps()).containsExactly(new Gap(1, 0, 110, 120L, Gap.DAMAGED));
        try (RecordingWriter writer = resumed(copy)) {
            assertThat(writer.position().orElseThrow().nextOffsets()).containsEntry(0, 110L);
        }
    }

    @Test
    void refusesATopicThatLeadsOutOfTheFolder() {
        try (RecordingWriter writer =
                RecordingWriter.create(temp.resolve("r"), Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            for (String topic : List.of("../x", "/etc/x", "a/b", "..", "", "a b")) {
                assertThatThrownBy(() -> writer.begin(null, topic, START))
                        .hasMessageContaining("no name of a Kafka topic");
            }
        }
        assertThat(temp.resolve("r")).doesNotExist();
    }

    @Test
    void sealsByAgeWithoutFurtherEvents() {
        Instant[] now = {Instant.EPOCH};
        try (RecordingWriter writer = RecordingWriter.create(
                temp.resolve("r"),
                Map.of(),
                null,
                new SealLimits(Duration.ofSeconds(30), 1 << 30, 1 << 30),
                () -> now[0])) {
            writer.begin(Fixtures.CLUSTER, "events", START);
            write(writer, 0, 100, 101);

            now[0] = now[0].plusSeconds(29);
            writer.sealDue();
            assertThat(writer.manifest().segments()).isEmpty();
            now[0] = now[0].plusSeconds(1);
            writer.sealDue();
            assertThat(writer.manifest().segments()).hasSize(1);
        }
    }

    @Test
    void holdsNoMoreThanItsBytesInMemoryWhateverTheMessagesAreLike() {
        SealLimits limits = new SealLimits(Duration.ofHours(1), 1 << 30, 1 << 20);
        String large = "x".repeat(300_000);
        try (RecordingWriter writer =
                RecordingWriter.create(temp.resolve("r"), Map.of(), null, limits, InstantSource.system())) {
            writer.begin(Fixtures.CLUSTER, "events", START);
            write(writer, 1, 0, 5_000);
            for (long offset = 5_000; offset < 5_200; offset++) {
                writer.write(event(message(1, offset, offset, large)));
                assertThat(writer.bufferedBytes()).isLessThanOrEqualTo(2 << 20);
            }
            writer.finish();
        }
        assertThat(offsets(temp.resolve("r"), 1)).hasSize(5_200);
    }

    @Test
    void countsAnActivationThatCameBeforeAlsoAcrossAResume() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(activation(100, "5f0c2b7a91d44e0f8c2b7a91d43e0f11"));
            writer.write(activation(101, "5f0c2b7a91d44e0f8c2b7a91d43e0f12"));
            writer.write(activation(102, "5f0c2b7a91d44e0f8c2b7a91d43e0f11"));
            writer.sealAll();
        }
        try (RecordingWriter writer = resumed(folder)) {
            writer.write(activation(103, "5f0c2b7a91d44e0f8c2b7a91d43e0f12"));
            writer.finish();
        }

        assertThat(Recording.open(folder).segments())
                .singleElement()
                .extracting(Segment::duplicates)
                .isEqualTo(2L);
    }

    @Test
    void refusesASecondRecorder() {
        Path folder = temp.resolve("r");
        try (RecordingWriter first = begun(folder)) {
            write(first, 0, 100, 101);
            assertThatThrownBy(() -> resumed(folder))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("another whisktape is writing")
                    .extracting(e -> ((WhisktapeException) e).kind())
                    .isEqualTo(WhisktapeException.Kind.REFUSED);
        }
    }

    @Test
    void refusesAFolderWithOtherFilesInIt() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("r"));
        Path other = Files.createFile(folder.resolve("thesis.tex"));

        assertThatThrownBy(() -> begun(folder)).hasMessageContaining("there are other files in it");

        assertThat(folder).isDirectoryContaining(file -> file.equals(other));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(other);
        }
    }

    @Test
    void refusesAnotherClusterOrTopic() {
        try (RecordingWriter writer = begun(temp.resolve("r"))) {
            assertThatThrownBy(() -> writer.requireSameOrigin("other", "events"))
                    .hasMessageContaining("cluster");
            assertThatThrownBy(() -> writer.requireSameOrigin(Fixtures.CLUSTER, "other"))
                    .hasMessageContaining("topic");
        }
    }

    @Test
    void leavesNothingBehindWhereItNeverBegan() {
        Path folder = temp.resolve("r");
        RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())
                .close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void startsOffsetsAnewInALaterLifeOfTheTopic() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            write(writer, 0, 100, 110);
            writer.gap(new Gap(1, 0, 110, null, Gap.RECREATED));
            writer.beginLife(new Position(2, Optional.of("topic-2"), Map.of(0, 0L)));
            Message second = new Message(
                    2, 0, 0, 1, Message.TimestampType.CREATE, 1, null, "x".getBytes(StandardCharsets.UTF_8), List.of());
            writer.write(event(second));
            writer.finish();
            assertThat(writer.position().orElseThrow())
                    .isEqualTo(new Position(2, Optional.of("topic-2"), Map.of(0, 1L)));
        }
        assertThat(Verifier.verify(Recording.open(folder)).problems())
                .singleElement()
                .extracting(Verification.Problem::what)
                .asString()
                .startsWith("gap: offsets 110 on of partition 0");
    }

    private static RecordingWriter begun(Path folder) {
        RecordingWriter writer = RecordingWriter.create(
                folder, Map.of("commit", "abc"), "a note", SealLimits.DEFAULT, InstantSource.system());
        writer.begin(Fixtures.CLUSTER, "events", START);
        return writer;
    }

    private static RecordingWriter resumed(Path folder) {
        return RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system());
    }

    private static void write(RecordingWriter writer, int partition, long from, long until) {
        for (long offset = from; offset < until; offset++) {
            writer.write(event(message(partition, offset, offset, "value " + offset)));
        }
    }

    private static Event activation(long offset, String id) {
        EventBody body =
                new EventBody.Activation("guest/hello", id, 0L, 1L, 1L, 0L, "nodejs:20", false, 256L, null, null, null);
        return new Event(message(0, offset, offset, "{}"), Event.Envelope.ABSENT, body, null, null);
    }

    private static List<Message> messages(Recording recording) {
        List<Message> messages = new ArrayList<>();
        for (Segment segment : recording.segments()) {
            try (MessageReader reader = recording.messagesOf(segment)) {
                reader.forEachRemaining(recorded -> messages.add(recorded.message()));
            }
        }
        return messages;
    }

    private static List<Long> offsets(Path folder, int partition) {
        return messages(Recording.open(folder)).stream()
                .filter(message -> message.partition() == partition)
                .map(Message::offset)
                .toList();
    }

    private static List<Long> range(long from, long until) {
        return LongStream.range(from, until).boxed().toList();
    }

    private static Path only(Path folder) throws IOException {
        List<Path> files = SegmentNames.list(folder);
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve(Segment.EVENTS));
        Files.copy(from.resolve(ManifestFile.NAME), to.resolve(ManifestFile.NAME));
        for (Path file : SegmentNames.list(from)) {
            Files.copy(file, to.resolve(Segment.EVENTS).resolve(file.getFileName()));
        }
    }
}
