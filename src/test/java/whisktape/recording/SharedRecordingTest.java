package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.Fixtures.event;
import static whisktape.Fixtures.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.remote.ObjectStore;
import whisktape.remote.Places;

/** Several recorders, one recording. */
final class SharedRecordingTest {
    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = temp.resolve("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "object store"})
    void opensAsOneWhateverEachOfThemDoes(String place) throws IOException {
        folder = place.equals("disk") ? folder : Places.of(ObjectStore.uriOf(temp) + "/r");
        try (RecordingWriter first = join("0-1", Map.of("by", "first"));
                RecordingWriter second = join("2-", Map.of("zone", "b"))) {
            begin(first, 0, 1);
            begin(second, 2, 3);
            first.begin(Optional.of("server"), "activations", new DatabasePosition(1, Optional.of("1"), "0"));
            first.write(event(message(1, 7, 10, "{}")));
            second.write(event(message(3, 7, 20, "{}")));
            second.write(event(message(2, 7, 15, "{}")));
            second.finish();

            Recording half = Recording.open(folder);
            assertThat(half.segments()).extracting(Segment::partition).containsExactly(2, 3);
            assertThat(half.manifest().state()).isEqualTo(Manifest.State.RECORDING);
            first.finish();
        }

        Recording whole = Recording.open(folder);
        assertThat(whole.segments()).extracting(Segment::partition).containsExactly(1, 2, 3);
        assertThat(whole.manifest().state()).isEqualTo(Manifest.State.COMPLETE);
        assertThat(whole.manifest().labels()).isEqualTo(Map.of("by", "first", "zone", "b"));
        assertThat(whole.manifest().partitions()).isNull();
        assertThat(whole.manifest().kafka().lives())
                .containsExactly(new Manifest.Life(1, "topic-1", Map.of(0, 7L, 1, 7L, 2, 7L, 3, 7L)));
        assertThat(whole.manifest().couchdb().database()).isEqualTo("activations");
        assertThat(Verifier.verify(folder).problems()).isEmpty();
    }

    @Test
    void aKilledOneGoesOnWithoutTouchingWhatTheOthersHaveOpen() throws IOException {
        try (RecordingWriter alive = join("0", Map.of())) {
            begin(alive, 0);
            alive.write(event(message(0, 7, 10, "{}")));
            try (RecordingWriter killed = join("1", Map.of())) {
                begin(killed, 1);
                killed.write(event(message(1, 7, 10, "{}")));
                killed.sealAll();
            }
            Path left = folder.resolve("events/events-1-00000000000000000008.parquet.open");
            Files.writeString(left, "half of a segment");

            try (RecordingWriter again = resume("1")) {
                assertThat(left).doesNotExist();
                assertThat(again.position().orElseThrow().nextOffsets()).isEqualTo(Map.of(1, 8L));
                again.finish();
            }
            assertThat(folder.resolve("events/events-0-00000000000000000007.parquet.open"))
                    .exists();
            alive.finish();
        }

        assertThat(Recording.open(folder).segments()).hasSize(2);
        assertThat(Verifier.verify(folder).problems()).isEmpty();
    }

    @Test
    void refusesPartitionsThatAnotherOneHasWhetherAtWorkOrNot() {
        try (RecordingWriter first = join("0-3", Map.of())) {
            assertRefused(() -> join("3-5", Map.of()), "partitions 0-3 are another recorder's");
            assertRefused(() -> join("0-3", Map.of()), "another whisktape is writing");
            begin(first, 0);
        }

        assertRefused(() -> join("3-", Map.of()), "partitions 0-3 are another recorder's");
        assertRefused(() -> join("0-3", Map.of()), "go on with them by --resume");
        assertRefused(() -> resume("0-4"), "partitions 0-3 are another recorder's");
        resume("0-3").close();
    }

    @Test
    void refusesAnotherTopicAnotherClusterAndTheDatabaseTwice() {
        DatabasePosition database = new DatabasePosition(1, Optional.empty(), "0");
        try (RecordingWriter first = join("0", Map.of());
                RecordingWriter second = join("1", Map.of())) {
            begin(first, 0);
            first.begin(Optional.empty(), "activations", database);

            assertRefused(() -> second.begin("cluster-1", "others", start(1)), "one is of topic others");
            assertRefused(() -> second.begin("cluster-2", "events", start(1)), "one is of cluster cluster-2");
            begin(second, 1);
            assertRefused(() -> second.begin(Optional.empty(), "activations", database), "partitions 0 has it");
        }
    }

    @Test
    void oneForAllAndSeveralDoNotMix() {
        join("0", Map.of()).close();
        assertThat(folder).doesNotExist();
        try (RecordingWriter first = join("0", Map.of())) {
            assertRefused(this::create, "several recorders make the recording");
            begin(first, 0);
        }
        assertRefused(this::create, "there is a recording in");
        assertRefused(
                () -> RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system()),
                "name one's share by --partitions; there are 0");

        folder = temp.resolve("whole");
        try (RecordingWriter whole = create()) {
            begin(whole, 0, 1);
        }
        assertRefused(() -> join("1", Map.of()), "one recorder has made all of it");
    }

    @Test
    void aLostPartIsRebuiltFromItsSegments() throws IOException {
        for (int partition = 0; partition < 2; partition++) {
            try (RecordingWriter writer = join(String.valueOf(partition), Map.of("of", "both"))) {
                begin(writer, partition);
                writer.write(event(message(partition, 7, 10, "{}")));
                writer.finish();
            }
        }
        Files.delete(folder.resolve("recording-0.json"));
        Files.delete(folder.resolve("recording-1.json"));

        assertThat(Verifier.repair(folder)).anyMatch(done -> done.contains("made recording-1.json anew"));

        assertThat(Recording.open(folder).segments()).hasSize(2);
        assertThat(Recording.open(folder).manifest().labels()).isEqualTo(Map.of("of", "both"));
        assertThat(Verifier.verify(folder).problems()).isEmpty();
    }

    @Test
    void aPartFromSomebodyElseMaySpeakOfItsOwnPartitionsAlone() throws IOException {
        try (RecordingWriter writer = join("0", Map.of())) {
            begin(writer, 0);
            writer.write(event(message(0, 7, 10, "{}")));
            writer.finish();
        }
        Path part = folder.resolve("recording-0.json");
        String text = Files.readString(part);

        Files.writeString(folder.resolve("recording-1.json"), text);
        assertDamaged("it is of partitions 0");
        Files.writeString(
                folder.resolve("recording-1.json"), text.replace("\"partitions\" : \"0\"", "\"partitions\" : \"1\""));
        assertDamaged("is of partition 0, not of 1");
        Files.delete(folder.resolve("recording-1.json"));
        Files.writeString(
                folder.resolve("recording-1.json"),
                text.replace("\"partitions\" : \"0\"", "\"partitions\" : \"1\"")
                        .replace("\"partition\" : 0", "\"partition\" : 1")
                        .replace("\"topic\" : \"events\"", "\"topic\" : \"others\""));
        assertDamaged("its parts do not go together");

        Files.move(part, folder.resolve("recording.json"));
        assertDamaged("it is a part of one, of partitions 0");
        Files.writeString(
                folder.resolve("recording.json"), text.replace("\"partitions\" : \"0\"", "\"partitions\" : \"../x\""));
        assertDamaged("'../x' is no partition");
    }

    @Test
    void noticesThatAPartWasChanged() throws IOException {
        try (RecordingWriter writer = join("0", Map.of("a", "b"))) {
            begin(writer, 0);
            writer.write(event(message(0, 7, 10, "{}")));
            writer.finish();
        }
        Path part = folder.resolve("recording-0.json");
        Files.writeString(part, Files.readString(part).replace("\"a\" : \"b\"", "\"a\" : \"c\""));

        assertThat(Verifier.verify(folder).problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what()).startsWith("recording-0.json is not what was written"));
        assertRefused(() -> resume("0"), "recording-0.json is not what was written");
    }

    @Test
    void tellsAJoiningOneWhichLifeOfTheTopicTheOthersAreIn() {
        try (RecordingWriter first = join("0", Map.of())) {
            begin(first, 0);
            first.beginLife(new Position(2, Optional.of("topic-2"), Map.of(0, 0L)));
        }
        try (RecordingWriter second = join("1", Map.of())) {
            assertThat(second.positionOfOthers().orElseThrow().incarnation()).isEqualTo(2);
            assertThat(second.positionOfOthers().orElseThrow().topicId()).contains("topic-2");
        }
    }

    @Test
    void leavesNothingOpenInAnObjectStore() throws IOException {
        folder = Places.of(ObjectStore.uriOf(temp) + "/r");
        try (RecordingWriter writer = create()) {
            begin(writer, 0);
            writer.write(event(message(0, 7, 10, "{}")));
            assertThat(files()).noneMatch(name -> name.startsWith("events-"));
            writer.sealAll();
            assertThat(files()).contains("events-0-00000000000000000007-00000000000000000008.parquet");
            writer.write(event(message(0, 8, 10, "{}")));
            writer.finish();
        }

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "recording.json", "events-0-00000000000000000007-00000000000000000009.parquet");
        assertThat(Verifier.verify(folder).problems()).isEmpty();
    }

    @Test
    void setsADamagedSegmentAsideInAnObjectStoreToo() throws IOException {
        folder = Places.of(ObjectStore.uriOf(temp) + "/r");
        try (RecordingWriter writer = create()) {
            begin(writer, 0);
            writer.write(event(message(0, 7, 10, "{}")));
            writer.sealAll();
        }
        String name = "events-0-00000000000000000007-00000000000000000008.parquet";
        Files.writeString(folder.resolve("events").resolve(name), "half a segm");

        try (RecordingWriter again =
                RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            assertThat(again.position().orElseThrow().nextOffsets()).isEqualTo(Map.of(0, 7L));
            assertThat(files()).contains(name + ".damaged").doesNotContain(name);
            again.write(event(message(0, 7, 10, "{}")));
            again.finish();
        }
        assertThat(Verifier.verify(folder).problems()).isEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }

    private void assertDamaged(String why) {
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageContaining(why);
    }

    private static void assertRefused(ThrowingCallable attempt, String why) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.REFUSED))
                .hasMessageContaining(why);
    }

    private RecordingWriter create() {
        return RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system());
    }

    private RecordingWriter join(String partitions, Map<String, String> labels) {
        return join(partitions, false, labels);
    }

    private RecordingWriter resume(String partitions) {
        return join(partitions, true, Map.of());
    }

    private RecordingWriter join(String partitions, boolean resume, Map<String, String> labels) {
        return RecordingWriter.join(
                folder, Partitions.parse(partitions), resume, labels, null, SealLimits.DEFAULT, InstantSource.system());
    }

    private static void begin(RecordingWriter writer, int... partitions) {
        writer.begin("cluster-1", "events", start(partitions));
    }

    private static Position start(int... partitions) {
        Map<Integer, Long> offsets = new java.util.TreeMap<>();
        for (int partition : partitions) {
            offsets.put(partition, 7L);
        }
        return new Position(1, Optional.of("topic-1"), offsets);
    }
}
