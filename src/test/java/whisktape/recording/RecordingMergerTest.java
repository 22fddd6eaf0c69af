package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.DocumentFixtures.document;
import static whisktape.DocumentFixtures.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.Gap;
import whisktape.Message;
import whisktape.Position;
import whisktape.WhisktapeException;

class RecordingMergerTest {
    private static final Instant MORNING = Instant.parse("2026-03-14T09:00:00Z");

    @TempDir
    private Path temp;

    private int recordings;

    @Test
    void whatTouchesBecomesOneWithoutAGap() {
        RecordingMerger.Merged merged = merge(events(0, 5), events(5, 12));

        assertThat(offsets(0))
                .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
        assertThat(merged.gaps()).isEmpty();
        assertThat(merged.repeated()).isZero();
        assertThat(Verifier.verify(merged()).problems()).isEmpty();
        assertThat(merged().state()).isEqualTo(Recording.State.COMPLETE);
        assertThat(merged.manifest().position().orElseThrow().nextOffsets()).isEqualTo(Map.of(0, 12L));
    }

    @Test
    void aHoleIsAGap() {
        RecordingMerger.Merged merged = merge(events(8, 12), events(0, 5));

        assertThat(merged.gaps()).containsExactly(new Gap(1, 0, 5, 8L, Gap.UNRECORDED));
        assertThat(Verifier.verify(merged()).problems())
                .extracting(Verification.Problem::what)
                .containsExactly("gap: offsets 5 to 7 of partition 0 are missing: between two recordings");
    }

    @Test
    void whatTwoRecordersSawIsThereOnce() {
        Recording first = events(0, 20);
        Recording second = events(3, 25);

        RecordingMerger.Merged merged = merge(first, second);

        assertThat(merged.repeated()).isEqualTo(17);
        assertThat(offsets(0))
                .containsExactlyElementsOf(LongStream.range(0, 25).boxed().toList());
        assertThat(RecordedRows.of(merged(), Segment.EVENTS).subList(0, 20))
                .isEqualTo(RecordedRows.of(first, Segment.EVENTS));
        assertThat(Verifier.verify(merged()).problems()).isEmpty();
    }

    @Test
    void aGapOfOneIsFilledByTheOther() {
        Recording broken = recording(writer -> {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, 0L)));
            write(writer, 0, 4);
            writer.gap(new Gap(1, 0, 4, 10L, Gap.RETENTION));
            write(writer, 10, 12);
        });

        RecordingMerger.Merged merged = merge(broken, events(6, 9));

        assertThat(merged.manifest().gaps())
                .containsExactly(new Gap(1, 0, 4, 6L, Gap.RETENTION), new Gap(1, 0, 9, 10L, Gap.RETENTION));
        assertThat(merged.gaps()).isEmpty();
        assertThat(offsets(0)).containsExactly(0L, 1L, 2L, 3L, 6L, 7L, 8L, 10L, 11L);
    }

    @Test
    void differentBytesAtOnePlaceAreRefusedAndNothingStays() {
        Recording one = events(0, 5);
        Recording other = recording(writer -> {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, 4L)));
            writer.write(Fixtures.event(Fixtures.message(0, 4, 4, "another")));
        });

        assertRefused("offset 4 of partition 0 is not the same in", one, other);
    }

    @Test
    void otherOriginsAreRefused() {
        Recording one = events(0, 5);
        Position start = new Position(1, Optional.of("t"), Map.of(0, 5L));

        assertRefused("is of cluster c and", one, recording(writer -> writer.begin("d", "events", start)));
        assertRefused("is of topic events and", one, recording(writer -> writer.begin("c", "other", start)));
        assertRefused(
                "is of database db and",
                documentsOf("0", 1, 3),
                recording(writer -> writer.begin(Optional.of("s"), "other", database("0"))));
        assertRefused(
                "is of CouchDB server s and",
                documentsOf("0", 1, 3),
                recording(writer -> writer.begin(Optional.of("x"), "db", database("0"))));
    }

    @Test
    void aTopicMadeAnewBetweenThemIsANewLife() {
        Recording before = events(3, 5);
        Recording after = recording(writer -> {
            writer.begin("c", "events", new Position(1, Optional.of("u"), Map.of(0, 2L)));
            write(writer, 2, 4);
        });

        RecordingMerger.Merged merged = merge(before, after);

        assertThat(merged.manifest().kafka().lives())
                .containsExactly(new Manifest.Life(1, "t", Map.of(0, 3L)), new Manifest.Life(2, "u", Map.of(0, 2L)));
        assertThat(merged.gaps())
                .containsExactly(new Gap(1, 0, 5, null, Gap.UNRECORDED), new Gap(2, 0, 0, 2L, Gap.UNRECORDED));
        assertThat(rows()).containsExactly("1/0/3", "1/0/4", "2/0/2", "2/0/3");
        assertThat(merged.manifest().position().orElseThrow())
                .isEqualTo(new Position(2, Optional.of("u"), Map.of(0, 4L)));
    }

    @Test
    void livesAreKnownByTheIdOfTheTopic() {
        Recording both = recording(writer -> {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, 0L)));
            write(writer, 0, 2);
            writer.gap(new Gap(1, 0, 2, null, Gap.RECREATED));
            writer.beginLife(new Position(2, Optional.of("u"), Map.of(0, 0L)));
            writer.write(event(2, 0));
        });
        Recording second = recording(writer -> {
            writer.begin("c", "events", new Position(1, Optional.of("u"), Map.of(0, 0L)));
            write(writer, 0, 3);
        });

        RecordingMerger.Merged merged = merge(both, second);

        assertThat(rows()).containsExactly("1/0/0", "1/0/1", "2/0/0", "2/0/1", "2/0/2");
        assertThat(merged.repeated()).isEqualTo(1);
        assertThat(merged.manifest().gaps()).containsExactly(new Gap(1, 0, 2, null, Gap.RECREATED));
    }

    @Test
    void documentsThatWereSeenAreThereOnce() {
        RecordingMerger.Merged merged = merge(documentsOf("0", 1, 30), documentsOf("10-x", 11, 40));

        assertThat(ids()).containsExactlyElementsOf(idsOf(documents(1, 40)));
        assertThat(merged.repeated()).isEqualTo(19);
        assertThat(merged.gaps()).isEmpty();
        assertThat(merged.manifest().databasePosition().orElseThrow().since()).isEqualTo("behind 40");
        assertThat(Verifier.verify(merged()).problems()).isEmpty();
    }

    /** What Elasticsearch and the REST interface hand out has none. */
    @Test
    void documentsWithoutRevisionAreKnownByTheirText() {
        List<Document> dump = documents(1, 4).stream()
                .map(document ->
                        new Document(1, null, 5, document.id(), null, false, document.text(), document.body(), null))
                .toList();
        Document changed = new Document(
                1,
                null,
                5,
                dump.get(0).id(),
                null,
                false,
                "{}".getBytes(StandardCharsets.UTF_8),
                dump.get(0).body(),
                null);
        Recording one = recording(writer -> {
            writer.begin(Optional.of("s"), "db", database("0"));
            writer.write(dump, Optional.of("x"));
        });
        Recording other = recording(writer -> {
            writer.begin(Optional.of("s"), "db", database("0"));
            writer.write(List.of(dump.get(2), changed, dump.get(1)), Optional.of("y"));
        });

        assertThat(merge(one, other).repeated()).isEqualTo(2);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void ofTheRecordingThatEndsEarlierThePositionIsNotTaken() {
        RecordingMerger.Merged merged = merge(documentsOf("0", 1, 30), documentsOf("10-x", 11, 20));

        assertThat(ids()).hasSize(29);
        assertThat(merged.manifest().databasePosition().orElseThrow().since()).isEqualTo("behind 30");
    }

    @Test
    void documentsThatGoOnWhereTheOthersEndedLeaveNoGap() {
        RecordingMerger.Merged merged = merge(documentsOf("0", 1, 5), documentsOf("behind 5", 5, 9));

        assertThat(merged.gaps()).isEmpty();
        assertThat(ids()).hasSize(8);
    }

    @Test
    void documentsThatBeginSomewhereElseMayHaveMissedSome() {
        RecordingMerger.Merged merged = merge(documentsOf("0", 1, 5), documentsOf("6-x", 7, 9));

        assertThat(merged.gaps()).containsExactly(Gap.ofDocuments(1, 5, Gap.UNRECORDED));
        assertThat(ids()).hasSize(6);
    }

    @Test
    void gapsOfDocumentsMoveToWhereTheirChangesCome() {
        Recording before = documentsOf("0", 1, 5);
        Recording withGaps = recording(writer -> {
            writer.begin(Optional.of("s"), "db", database("behind 5"));
            writer.write(documents(5, 7), Optional.of("a"));
            writer.gap("a reason");
            writer.write(documents(7, 9), Optional.of("b"));
            writer.gap("at the end");
            writer.beginLife(new DatabasePosition(2, Optional.of("8"), "0"));
            writer.write(List.of(document(2, 1, "{}")), Optional.of("c"));
        });

        RecordingMerger.Merged merged = merge(before, withGaps);

        assertThat(merged.manifest().gaps())
                .containsExactly(Gap.ofDocuments(1, 7, "a reason"), Gap.ofDocuments(1, 9, "at the end"));
        assertThat(merged.gaps()).isEmpty();
        assertThat(merged.manifest().couchdb().lives()).hasSize(2);
        assertThat(Verifier.verify(merged()).documents()).isEqualTo(9);
    }

    @Test
    void rowsThatADamagedSegmentHeldStayAHoleInTheNumbers() throws IOException {
        Recording before = documentsOf("0", 1, 5);
        Recording damaged = recording(
                writer -> {
                    writer.begin(Optional.of("s"), "db", database("behind 5"));
                    for (long number = 5; number < 8; number++) {
                        writer.write(documents(number, number + 1), Optional.of("behind " + number));
                        writer.sealAll();
                    }
                },
                false);
        Files.writeString(damaged.fileOf(damaged.segments().get(1)), "damaged");
        Verifier.repair(damaged.folder());

        RecordingMerger.Merged merged = merge(before, Recording.open(damaged.folder()));

        assertThat(merged.manifest().gaps()).containsExactly(new Gap(Segment.ACTIVATIONS, 1, 0, 6, 7L, Gap.DAMAGED));
        assertThat(Verifier.verify(merged()).problems()).hasSize(1);
        assertThat(ids()).hasSize(6);
    }

    @Test
    void aDamagedSegmentIsNotMerged() throws IOException {
        Recording one = events(0, 5);
        Recording other = events(5, 9);
        Path file = other.fileOf(other.segments().get(0));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> merge(one, other))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("is missing or not what was sealed")
                .satisfies(e -> assertThat(((WhisktapeException) e).kind()).isEqualTo(WhisktapeException.Kind.DAMAGED));
        assertThat(temp.resolve("merged")).doesNotExist();
    }

    @Test
    void labelsAndNotesAreKept() {
        Recording one = described(Map.of("commit", "abc", "node", "7"), "one", writer -> write(begun(writer, 0), 0, 2));
        Recording other = described(Map.of("commit", "def"), "two", writer -> write(begun(writer, 2), 2, 4));

        Manifest manifest = merge(other, one).manifest();

        assertThat(manifest.labels()).isEqualTo(Map.of("commit", "def", "node", "7"));
        assertThat(manifest.note()).isEqualTo("one; two");
        assertThat(manifest.created()).isEqualTo(one.manifest().created());
        assertThat(RecordingMerger.differentLabels(List.of(other, one)))
                .isEqualTo(Map.of("commit", List.of("abc", "def")));
    }

    @Test
    void whatAKilledMergeLeftIsNoRecordingAndDoesNotDisturbTheNext() throws IOException {
        Path left = temp.resolve(".merged.new/events");
        Files.createDirectories(left);
        Files.writeString(left.resolve("events-0-00000000000000000000.parquet.open"), "half");

        merge(events(0, 5), events(5, 7));

        assertThat(left.getParent()).doesNotExist();
        assertThat(Verifier.verify(merged()).problems()).isEmpty();
    }

    @Test
    void goesOnWithARecorder() {
        merge(events(0, 5), events(5, 7));

        try (RecordingWriter writer = RecordingWriter.resume(
                temp.resolve("merged"), Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            write(writer, 7, 10);
            writer.finish();
        }

        assertThat(offsets(0)).hasSize(10);
        assertThat(Verifier.verify(merged()).problems()).isEmpty();
    }

    /** Windows of a topic whose log leaves out some offsets, by recorders that begin and end anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theWholeIsAllThatAnyOfThemHolds(long seed) {
        Random random = new Random(seed);
        Map<Integer, TreeSet<Long>> expected = new TreeMap<>();
        Map<Integer, TreeSet<Long>> accounted = new TreeMap<>();
        List<Recording> parts = new ArrayList<>();
        for (int part = 0; part < 2 + random.nextInt(4); part++) {
            Map<Integer, Long> starts =
                    new TreeMap<>(Map.of(0, (long) random.nextInt(60), 1, (long) random.nextInt(60)));
            parts.add(recording(
                    writer -> {
                        writer.begin("c", "events", new Position(1, Optional.of("t"), starts));
                        starts.forEach((partition, start) -> {
                            long until = start + random.nextInt(50);
                            long last = start - 1;
                            for (long offset = start; offset < until; offset++) {
                                if (offset % 7 != 3) {
                                    writer.write(Fixtures.event(
                                            Fixtures.message(partition, offset, offset, "value " + offset)));
                                    expected.computeIfAbsent(partition, key -> new TreeSet<>())
                                            .add(offset);
                                    last = offset;
                                    if (random.nextInt(9) == 0) {
                                        writer.sealAll();
                                    }
                                }
                            }
                            for (long offset = start; offset <= last; offset++) {
                                accounted
                                        .computeIfAbsent(partition, key -> new TreeSet<>())
                                        .add(offset);
                            }
                        });
                    },
                    random.nextBoolean()));
        }
        Collections.shuffle(parts, random);

        RecordingMerger.Merged merged = merge(parts.toArray(Recording[]::new));

        for (int partition : List.of(0, 1)) {
            assertThat(offsets(partition)).containsExactlyElementsOf(expected.getOrDefault(partition, new TreeSet<>()));
            TreeSet<Long> missing = new TreeSet<>();
            merged.manifest().gaps().stream()
                    .filter(gap -> gap.partition() == partition)
                    .forEach(gap -> LongStream.range(gap.fromOffset(), gap.untilOffset())
                            .forEach(missing::add));
            TreeSet<Long> all = new TreeSet<>(accounted.getOrDefault(partition, new TreeSet<>()));
            assertThat(missing).doesNotContainAnyElementsOf(all.isEmpty() ? List.of(-1L) : all);
            all.addAll(missing);
            if (!all.isEmpty()) {
                assertThat(all).hasSize((int) (all.last() - all.first() + 1));
            }
        }
        assertThat(Verifier.verify(merged()).problems())
                .allSatisfy(problem -> assertThat(problem.what()).startsWith("gap: "))
                .hasSameSizeAs(merged.manifest().gaps());
    }

    /** Two recorders of a database get the same changes in orders of their own. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void revisionsAreFoundHoweverManyFitIntoMemory(long seed) throws IOException {
        Random random = new Random(seed);
        List<Document> all = new ArrayList<>(documents(1, 300));
        List<Document> some =
                all.stream().filter(document -> random.nextInt(3) > 0).toList();
        Collections.shuffle(all, random);
        Recording one = recording(writer -> {
            writer.begin(Optional.of("s"), "db", database("0"));
            writer.write(some, Optional.of("x"));
        });
        Recording other = recording(writer -> {
            writer.begin(Optional.of("s"), "db", database("0"));
            writer.write(all, Optional.of("y"));
        });

        for (long atOnce : List.of(7L, 100L, 1000L)) {
            assertThat(KnownRevisions.of(rows(other), List.of(rows(one)), atOnce)
                            .cardinality())
                    .isEqualTo(some.size());
        }
        merge(one, other);
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(idsOf(documents(1, 300)));
    }

    private static KnownRevisions.Rows rows(Recording recording) {
        return new KnownRevisions.Rows(recording, recording.segments(Segment.ACTIVATIONS));
    }

    private RecordingMerger.Merged merge(Recording... parts) {
        Map<Path, List<String>> before = new TreeMap<>();
        Stream.of(parts).forEach(part -> before.put(part.folder(), files(part.folder())));
        RecordingMerger.Merged merged = RecordingMerger.merge(List.of(parts), temp.resolve("merged"), Map.of(), null);
        before.forEach((folder, files) -> assertThat(files(folder)).isEqualTo(files));
        return merged;
    }

    private void assertRefused(String why, Recording... parts) {
        assertThatThrownBy(() -> merge(parts))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((WhisktapeException) e).kind()).isEqualTo(WhisktapeException.Kind.REFUSED));
        assertThat(temp).isDirectoryNotContaining("glob:**/{merged,.merged.new}");
    }

    private Recording merged() {
        return Recording.open(temp.resolve("merged"));
    }

    private List<Long> offsets(int partition) {
        return rows().stream()
                .map(row -> row.split("/"))
                .filter(row -> Integer.parseInt(row[1]) == partition)
                .map(row -> Long.valueOf(row[2]))
                .toList();
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Segment segment : merged().segments(Segment.EVENTS)) {
            try (MessageReader messages = merged().messagesOf(segment)) {
                messages.forEachRemaining(row -> rows.add(row.message().incarnation() + "/"
                        + row.message().partition() + "/" + row.message().offset()));
            }
        }
        return rows;
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Segment segment : merged().segments(Segment.ACTIVATIONS)) {
            try (DocumentReader documents = merged().documentsOf(segment)) {
                documents.forEachRemaining(row -> ids.add(row.id()));
            }
        }
        return ids;
    }

    private static List<String> idsOf(List<Document> documents) {
        return documents.stream().map(Document::id).toList();
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(file + " " + Durable.sha256(file));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Recording events(long from, long until) {
        return recording(writer -> write(begun(writer, from), from, until));
    }

    private static RecordingWriter begun(RecordingWriter writer, long from) {
        writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, from)));
        return writer;
    }

    private static void write(RecordingWriter writer, long from, long until) {
        for (long offset = from; offset < until; offset++) {
            writer.write(event(1, offset));
        }
    }

    private static Event event(int incarnation, long offset) {
        byte[] value = ("value " + offset).getBytes(StandardCharsets.UTF_8);
        return Fixtures.event(new Message(
                incarnation, 0, offset, 1000 + offset, Message.TimestampType.CREATE, offset, null, value, List.of()));
    }

    private Recording documentsOf(String since, long from, long until) {
        return recording(
                writer -> {
                    writer.begin(Optional.of("s"), "db", database(since));
                    writer.write(documents(from, (from + until) / 2), Optional.of((from + until) / 2 + "-x"));
                    writer.sealAll();
                    writer.write(documents((from + until) / 2, until), Optional.of("behind " + until));
                },
                false);
    }

    private static DatabasePosition database(String since) {
        return new DatabasePosition(1, Optional.of("7"), since);
    }

    private Recording recording(Consumer<RecordingWriter> work) {
        return recording(work, true);
    }

    private Recording recording(Consumer<RecordingWriter> work, boolean compacted) {
        return recording(Map.of(), null, work, compacted);
    }

    private Recording described(Map<String, String> labels, String note, Consumer<RecordingWriter> work) {
        return recording(labels, note, work, true);
    }

    /** Each begins an hour after the one that was made before it. */
    private Recording recording(
            Map<String, String> labels, String note, Consumer<RecordingWriter> work, boolean compacted) {
        Instant created = MORNING.plus(Duration.ofHours(recordings));
        Path folder = temp.resolve("part" + recordings++);
        try (RecordingWriter writer = RecordingWriter.create(folder, labels, note, SealLimits.DEFAULT, () -> created)) {
            work.accept(writer);
            if (compacted) {
                writer.finish();
            } else {
                writer.sealAll();
            }
        }
        return compacted ? Recording.open(folder) : completed(folder);
    }

    /** A recording of small segments, declared complete without being compacted. */
    private static Recording completed(Path folder) {
        try {
            ManifestFile.write(folder, ManifestFile.read(folder).withState(Manifest.State.COMPLETE));
            return Recording.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
