package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.DocumentFixtures.DATABASE;
import static whisktape.DocumentFixtures.SERVER;
import static whisktape.DocumentFixtures.START;
import static whisktape.DocumentFixtures.deleted;
import static whisktape.DocumentFixtures.document;
import static whisktape.DocumentFixtures.documents;
import static whisktape.DocumentFixtures.unreadable;

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
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Fixtures;
import whisktape.Gap;
import whisktape.Position;
import whisktape.WhisktapeException;

/** {@link RecordingWriter} with documents, alone and beside events. */
class RecordedDocumentsTest {
    @TempDir
    Path temp;

    @Test
    void givesBackEveryDocumentAsItWasSent() {
        Document empty = new Document(1, null, 5, "", "", false, new byte[0], new DocumentBody.Unreadable("x"), null);
        List<Document> page = List.of(
                document(1, 1, "{\"a\":\"\u00e4\uD83D\uDE00\"}"),
                deleted(document(2), new DocumentBody.Tombstone()),
                unreadable("no JSON"),
                empty);

        try (RecordingWriter writer = begun(temp.resolve("r"))) {
            assertThat(writer.write(page, Optional.of("4-x"))).isEqualTo(4);
            writer.finish();
        }

        List<RecordedDocument> read = read(temp.resolve("r"));
        for (int i = 0; i < page.size(); i++) {
            Document written = page.get(i);
            assertThat(read.get(i))
                    .usingRecursiveComparison()
                    .isEqualTo(new RecordedDocument(
                            1,
                            i + 1,
                            written.updateSeq(),
                            written.recordedAtMs(),
                            written.id(),
                            written.rev(),
                            written.deleted(),
                            written.text()));
        }
        assertThat(read).hasSameSizeAs(page);
    }

    @Test
    void countsWhatTheRowsAre() {
        try (RecordingWriter writer = begun(temp.resolve("r"))) {
            writer.write(
                    List.of(
                            document(7),
                            deleted(document(8), new DocumentBody.Tombstone()),
                            deleted(document(9), document(9).body()),
                            document(1, 10, "{}", new DocumentBody.Design()),
                            unreadable("no JSON")),
                    Optional.of("5-x"));
            writer.finish();
        }

        Segment segment = onlySegment(temp.resolve("r"));
        assertThat(segment.counts()).isEqualTo(new Segment.Counts(5, 2, null, 1, 0, null, 2L, 1L, 1007L, 2007L));
        assertThat(segment.fromOffset()).isEqualTo(1);
        assertThat(segment.nextOffset()).isEqualTo(6);
        assertThat(segment.file())
                .isEqualTo("activations/activations-00000000000000000001-00000000000000000006.parquet");
    }

    @Test
    void resumesBehindTheLastSealedPage() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            assertThat(writer.databasePosition()).contains(START);
            writer.write(documents(0, 10), Optional.of("10-opaque"));
            writer.sealAll();
            writer.write(documents(10, 15), Optional.of("15-opaque"));
        }

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.databasePosition()).contains(START.at("10-opaque"));
            writer.write(documents(10, 20), Optional.of("20-opaque"));
            writer.finish();
            assertThat(writer.databasePosition()).contains(START.at("20-opaque"));
        }

        assertHoldsOnce(folder, 0, 20);
        assertThat(onlySegment(folder).nextUpdateSeq()).isEqualTo("20-opaque");
        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void keepsTheUpdateSequenceOfThePageBeforeWhereAPageMovedNothing() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 3), Optional.empty());
            writer.sealAll();
            assertThat(writer.databasePosition()).contains(START);
            writer.write(documents(3, 6), Optional.of("6-x"));
            writer.write(documents(6, 9), Optional.empty());
            writer.finish();
            assertThat(writer.databasePosition()).contains(START.at("6-x"));
        }
        assertHoldsOnce(folder, 0, 9);
    }

    @Test
    void leavesOutARevisionThatIsDeliveredAgainAlsoAcrossAResume() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 10), Optional.of("10-x"));
            assertThat(writer.write(documents(5, 12), Optional.of("12-x"))).isEqualTo(2);
            writer.sealAll();
        }
        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.write(documents(0, 12), Optional.of("13-y"))).isZero();
            writer.sealAll();
            assertThat(writer.databasePosition()).contains(START.at("12-x"));
            assertThat(writer.write(documents(11, 14), Optional.of("14-x"))).isEqualTo(2);
            writer.finish();
        }

        assertHoldsOnce(folder, 0, 14);
        assertThat(onlySegment(folder).duplicates()).isEqualTo(5 + 12 + 1);
        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void keepsEveryRevisionAndEveryRowWithoutAnId() {
        Path folder = temp.resolve("r");
        Document document = document(1);
        try (RecordingWriter writer = begun(folder)) {
            int written = writer.write(
                    List.of(
                            document,
                            deleted(document, new DocumentBody.Tombstone()),
                            unreadable("no JSON"),
                            unreadable("no JSON")),
                    Optional.of("4-x"));
            assertThat(written).isEqualTo(4);
        }
    }

    @Test
    void neverEndsASegmentInsideOfAPage() {
        Path folder = temp.resolve("r");
        Instant[] now = {Instant.EPOCH};
        SealLimits limits = new SealLimits(Duration.ofSeconds(30), 1, 1);
        try (RecordingWriter writer = RecordingWriter.create(folder, Map.of(), null, limits, () -> {
            // By every limit the segment is due with its first row.
            now[0] = now[0].plusSeconds(60);
            return now[0];
        })) {
            writer.begin(SERVER, DATABASE, START);
            for (int page = 0; page < 4; page++) {
                writer.write(documents(page * 10, page * 10 + 10), Optional.of(page + "-x"));
                writer.sealDue();
            }
            assertThat(writer.manifest().segments())
                    .extracting(Segment::nextOffset)
                    .containsExactly(11L, 21L, 31L, 41L);
            assertThat(writer.manifest().segments())
                    .extracting(Segment::nextUpdateSeq)
                    .containsExactly("0-x", "1-x", "2-x", "3-x");
        }
    }

    @Test
    void sealsByAgeWithoutFurtherDocuments() {
        Instant[] now = {Instant.EPOCH};
        SealLimits limits = new SealLimits(Duration.ofSeconds(30), 1 << 30, 1 << 30);
        try (RecordingWriter writer = RecordingWriter.create(temp.resolve("r"), Map.of(), null, limits, () -> now[0])) {
            writer.begin(SERVER, DATABASE, START);
            writer.write(documents(0, 1), Optional.of("1-x"));

            now[0] = now[0].plusSeconds(29);
            writer.sealDue();
            assertThat(writer.manifest().segments()).isEmpty();
            now[0] = now[0].plusSeconds(1);
            writer.sealDue();
            assertThat(writer.manifest().segments()).hasSize(1);
        }
    }

    @Test
    void takesInASegmentThatWasSealedJustBeforeTheManifestCouldBeReplaced() throws IOException {
        Path folder = temp.resolve("r");
        byte[] manifest;
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 10), Optional.of("10-x"));
            writer.sealAll();
            manifest = Files.readAllBytes(folder.resolve(ManifestFile.NAME));
            writer.write(documents(10, 20), Optional.of("20-x"));
            writer.sealAll();
        }
        Files.write(folder.resolve(ManifestFile.NAME), manifest);

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.databasePosition()).contains(START.at("20-x"));
            writer.finish();
        }

        assertHoldsOnce(folder, 0, 20);
        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void survivesACrashWhileMergingBothTables() throws IOException {
        Path folder = temp.resolve("r");
        Path before = temp.resolve("before");
        try (RecordingWriter writer = begunWithBoth(folder)) {
            for (int page = 0; page < 5; page++) {
                writeBoth(writer, page);
                writer.sealAll();
            }
            copy(folder, before);
            writer.finish();
        }
        List<Path> merged = SegmentNames.list(folder);
        assertThat(merged).hasSize(2);
        for (Path file : merged) {
            Files.copy(file, before.resolve(folder.relativize(file)));
        }

        try (RecordingWriter writer = resumed(before)) {
            assertThat(writer.databasePosition()).contains(START.at("5-x"));
            assertThat(writer.position().orElseThrow().nextOffsets()).containsEntry(0, 50L);
            writer.finish();
        }

        assertHoldsOnce(before, 0, 50);
        assertThat(SegmentNames.list(before))
                .extracting(Path::getFileName)
                .isEqualTo(merged.stream().map(Path::getFileName).toList());
        assertThat(problems(before)).isEmpty();
    }

    @Test
    void rebuildsALostManifestFromBothTables() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begunWithBoth(folder)) {
            writeBoth(writer, 0);
            writer.gap("some reason");
            writer.beginLife(new DatabasePosition(2, Optional.of("1800000000"), "0"));
            writer.write(List.of(document(2, 0, "{}")), Optional.of("1-y"));
            writer.finish();
        }

        assertIsRebuilt(folder);
    }

    @Test
    void rebuildsALostManifestFromActivationsAlone() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 10), Optional.of("10-x"));
            writer.finish();
        }

        assertIsRebuilt(folder);
    }

    @Test
    void rebuildsALostManifestAlsoIfTheDatabaseCameLaterThanTheTopic() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = create(folder)) {
            writer.begin(Fixtures.CLUSTER, "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.write(Fixtures.event(Fixtures.message(0, 0, 0, "x")));
            writer.sealAll();
        }
        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.databasePosition()).isEmpty();
            writer.begin(SERVER, DATABASE, START);
            writer.write(documents(0, 10), Optional.of("10-x"));
            writer.finish();
        }

        assertIsRebuilt(folder);
    }

    @Test
    void readsADamagedLastSegmentAgain() throws IOException {
        Path folder = threeSegments();
        damage(SegmentNames.list(folder).get(2));
        assertThat(problems(folder)).singleElement().asString().contains("checksum");

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.databasePosition()).contains(START.at("20-x"));
            assertThat(writer.write(documents(20, 30), Optional.of("30-x"))).isEqualTo(10);
            writer.finish();
        }

        assertHoldsOnce(folder, 0, 30);
        assertThat(Recording.open(folder).manifest().gaps()).isEmpty();
    }

    @Test
    void turnsADamagedSegmentInTheMiddleIntoAGap() throws IOException {
        Path folder = threeSegments();
        Path copy = temp.resolve("copy");
        damage(SegmentNames.list(folder).get(1));
        copy(folder, copy);
        Gap gap = new Gap(Segment.ACTIVATIONS, 1, 0, 11, 21L, Gap.DAMAGED);

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.manifest().gaps()).containsExactly(gap);
            assertThat(writer.databasePosition()).contains(START.at("30-x"));
        }
        assertThat(Verifier.repair(copy)).contains("noted a gap: changes 11 to 20 are lost");

        assertThat(Recording.open(copy).manifest().gaps()).containsExactly(gap);
        assertThat(problems(copy)).containsExactly("gap: changes 11 to 20 are missing: " + Gap.DAMAGED);
        assertThat(read(copy)).hasSize(20);
    }

    @Test
    void numbersChangesBehindALostEndThatWasRepaired() throws IOException {
        Path folder = threeSegments();
        Files.delete(SegmentNames.list(folder).get(2));

        Verifier.repair(folder);
        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.databasePosition()).contains(START.at("20-x"));
            writer.write(documents(20, 30), Optional.of("30-x"));
            writer.finish();
        }

        assertThat(read(folder))
                .extracting(RecordedDocument::changeNumber)
                .containsSequence(20L, 31L, 32L)
                .hasSize(30);
        assertThat(problems(folder)).containsExactly("gap: changes 21 to 30 are missing: " + Gap.DAMAGED);
    }

    @Test
    void notesWhatIsLostOfAnEarlierLifeBecauseNobodyHasItAnyMore() throws IOException {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 10), Optional.of("10-x"));
            writer.beginLife(new DatabasePosition(2, Optional.of("1800000000"), "0"));
        }
        Files.delete(SegmentNames.list(folder).get(0));

        try (RecordingWriter writer = resumed(folder)) {
            assertThat(writer.manifest().gaps())
                    .containsExactly(new Gap(Segment.ACTIVATIONS, 1, 0, 1, 11L, Gap.DAMAGED));
        }
    }

    @Test
    void numbersChangesAnewInALaterLifeOfTheDatabase() {
        Path folder = temp.resolve("r");
        DatabasePosition second = new DatabasePosition(2, Optional.empty(), "0");
        try (RecordingWriter writer = begun(folder)) {
            writer.write(documents(0, 10), Optional.of("10-x"));
            writer.gap("database was deleted");
            writer.gap("database was deleted");
            writer.beginLife(second);
            assertThat(writer.databasePosition()).contains(second);
            writer.write(List.of(document(2, 0, "{}"), document(2, 1, "{}")), Optional.of("2-y"));
            writer.finish();
        }

        Recording recording = Recording.open(folder);
        assertThat(recording.segments())
                .extracting(Segment::file)
                .containsExactly(
                        "activations/activations-00000000000000000001-00000000000000000011.parquet",
                        "activations/activations-life2-00000000000000000001-00000000000000000003.parquet");
        assertThat(recording.manifest().databasePosition()).contains(second.at("2-y"));
        assertThat(problems(folder))
                .containsExactly("gap: documents before change 11 may be missing: database was deleted");
        assertThatThrownBy(() -> {
                    try (RecordingWriter writer = resumed(folder)) {
                        writer.write(documents(0, 1), Optional.of("1-x"));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a document of life 1 comes in life 2");
    }

    @Test
    void leavesTheOtherTableOpenWhenALifeBegins() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begunWithBoth(folder)) {
            writeBoth(writer, 0);
            writer.beginLife(new DatabasePosition(2, Optional.empty(), "0"));
            assertThat(writer.manifest().segments()).extracting(Segment::table).containsExactly(Segment.ACTIVATIONS);
            writer.beginLife(new Position(2, Optional.empty(), Map.of()));
            assertThat(writer.manifest().segments())
                    .extracting(Segment::table)
                    .containsExactly(Segment.EVENTS, Segment.ACTIVATIONS);
        }
    }

    @Test
    void holdsNoMoreThanItsBytesInMemoryWhateverTheDocumentsAreLike() {
        Path folder = temp.resolve("r");
        int megabytes = 8 << 20;
        String large = "x".repeat(megabytes);
        try (RecordingWriter writer = begunWithBoth(folder)) {
            writeBoth(writer, 0);
            for (long number = 50; number < 56; number++) {
                writer.write(
                        List.of(document(1, number, large + number), document(1, number + 100, large)),
                        Optional.of(number + "-x"));
                assertThat(writer.bufferedBytes())
                        .isLessThan(SealLimits.DEFAULT.bufferedBytes() + megabytes + (1 << 20));
            }
            writer.finish();
        }
        assertThat(read(folder).stream().filter(document -> document.text().length > megabytes))
                .extracting(document -> new String(document.text(), megabytes, 2, StandardCharsets.UTF_8))
                .containsExactly("50", "51", "52", "53", "54", "55");
        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void refusesAnotherServerOrDatabase() {
        try (RecordingWriter writer = begun(temp.resolve("r"))) {
            writer.requireSameDatabase(SERVER, DATABASE, START);
            writer.requireSameDatabase(Optional.empty(), DATABASE, START);
            assertThatThrownBy(() -> writer.requireSameDatabase(SERVER, "whisks", START))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("is of database " + DATABASE + ", not of whisks");
            assertThatThrownBy(() -> writer.requireSameDatabase(Optional.of("other"), DATABASE, START))
                    .hasMessageContaining("and this one is other");
        }
    }

    @Test
    void findsAChangeThatIsNotWhereItsNumberSays() throws IOException {
        Path folder = threeSegments();
        Manifest manifest = Recording.open(folder).manifest();
        List<Segment> segments = manifest.segments();
        Segment first = segments.get(0);
        Segment wrong = new Segment(
                first.file(), first.table(), 1, 0, 2, 12, "10-x", first.counts(), first.sizeBytes(), first.sha256());
        ManifestFile.write(folder, manifest.withSegments(List.of(wrong, segments.get(1), segments.get(2))));

        assertThat(problems(folder))
                .containsExactly(
                        "has change 1 of life 1 where change 2 of life 1 is due",
                        "holds changes that the segment before it holds too",
                        "no segment holds changes 1 to 1, and no gap says why");
    }

    private Path threeSegments() {
        Path folder = temp.resolve("r");
        try (RecordingWriter writer = begun(folder)) {
            for (int page = 0; page < 3; page++) {
                writer.write(documents(page * 10, page * 10 + 10), Optional.of(page * 10 + 10 + "-x"));
                writer.sealAll();
            }
        }
        return folder;
    }

    private static RecordingWriter create(Path folder) {
        return RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system());
    }

    private static RecordingWriter begun(Path folder) {
        RecordingWriter writer = create(folder);
        writer.begin(SERVER, DATABASE, START);
        return writer;
    }

    private static RecordingWriter begunWithBoth(Path folder) {
        RecordingWriter writer = begun(folder);
        writer.begin(Fixtures.CLUSTER, "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
        return writer;
    }

    private static RecordingWriter resumed(Path folder) {
        return RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system());
    }

    /** A page of ten, and as many events. */
    private static void writeBoth(RecordingWriter writer, int page) {
        writer.write(documents(page * 10, page * 10 + 10), Optional.of(page + 1 + "-x"));
        for (long offset = page * 10L; offset < page * 10L + 10; offset++) {
            writer.write(Fixtures.event(Fixtures.message(0, offset, offset, "value " + offset)));
        }
    }

    private static void assertIsRebuilt(Path folder) throws IOException {
        Manifest before = Recording.open(folder).manifest();
        Files.delete(folder.resolve(ManifestFile.NAME));

        Verifier.repair(folder);

        assertThat(Recording.open(folder).manifest()).isEqualTo(before.withState(Manifest.State.RECORDING));
    }

    private static void assertHoldsOnce(Path folder, long from, long until) {
        assertThat(read(folder))
                .extracting(document -> new String(document.text(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(LongStream.range(from, until)
                        .mapToObj(number -> "{\"n\":" + number + "}")
                        .toList());
        assertThat(read(folder))
                .extracting(RecordedDocument::changeNumber)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, until - from).boxed().toList());
    }

    private static List<RecordedDocument> read(Path folder) {
        List<RecordedDocument> documents = new ArrayList<>();
        Recording recording = Recording.open(folder);
        for (Segment segment : recording.segments(Segment.ACTIVATIONS)) {
            try (DocumentReader reader = recording.documentsOf(segment)) {
                reader.forEachRemaining(documents::add);
            }
        }
        return documents;
    }

    private static List<String> problems(Path folder) {
        return Verifier.verify(Recording.open(folder)).problems().stream()
                .map(Verification.Problem::what)
                .toList();
    }

    private static Segment onlySegment(Path folder) {
        List<Segment> segments = Recording.open(folder).segments();
        assertThat(segments).hasSize(1);
        return segments.get(0);
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : SegmentNames.list(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        Files.copy(from.resolve(ManifestFile.NAME), to.resolve(ManifestFile.NAME));
    }
}
