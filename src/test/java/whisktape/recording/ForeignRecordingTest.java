package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.Position;
import whisktape.WhisktapeException;

/** Recordings that somebody else has made, with the worst in mind: links, topics that are paths, files that are others. */
class ForeignRecordingTest {
    @TempDir
    Path temp;

    private Path folder;
    private Path victim;

    @BeforeEach
    void record() throws IOException {
        folder = temp.resolve("rec");
        victim = Files.writeString(temp.resolve("victim"), "mine\n");
        Fixtures.recording(folder, List.of(message(0), message(1), message(2)));
    }

    @Test
    void aSegmentThatIsALinkIsRefused() throws IOException {
        Path segment = segment();
        Path elsewhere = temp.resolve("elsewhere.parquet");
        Files.move(segment, elsewhere);
        Files.createSymbolicLink(segment, elsewhere);

        assertRefused("cannot read " + segment + ": it is a link, and a recording holds its files itself");
        assertThat(Verifier.repair(folder))
                .contains("set " + segment.getFileName() + " aside as " + segment.getFileName()
                        + ".damaged: it is a link");
        assertThat(elsewhere).isRegularFile();
    }

    @Test
    void aFolderThatIsALinkIsRefusedAlsoByRepair() throws IOException {
        Path events = Table.EVENTS.folderIn(folder);
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(events, elsewhere);
        Path open = Files.writeString(elsewhere.resolve("precious.parquet.open"), "x");
        Files.createSymbolicLink(events, elsewhere);

        assertRefused("cannot read " + events + ": it is a link");
        assertThatThrownBy(() -> Verifier.repair(folder)).hasMessageContaining("it is a link");
        assertThat(open).exists();
    }

    @Test
    void aManifestThatIsALinkIsRefusedAndItsTargetIsNotShown() throws IOException {
        Path manifest = folder.resolve(ManifestFile.NAME);
        Files.delete(manifest);
        Files.createSymbolicLink(manifest, victim);

        assertRefused("cannot read " + manifest + ": it is a link");
        Verifier.repair(folder);
        assertThat(victim).hasContent("mine\n");
        assertThat(Verifier.verify(folder).problems())
                .extracting(Verification.Problem::what)
                .noneMatch(what -> what.contains("link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording.json.new", ".lock"})
    void nothingIsWrittenThroughALink(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
        Files.createSymbolicLink(folder.resolve(name), victim);

        try {
            Verifier.repair(folder);
        } catch (WhisktapeException e) {
            assertThat(e).hasMessageContaining("it is a link");
        }

        assertThat(victim).hasContent("mine\n");
        assertThat(Recording.open(folder).state()).isEqualTo(Recording.State.COMPLETE);
    }

    @Test
    void aPipeInsteadOfASegmentIsNotWaitedFor() throws Exception {
        Path segment = segment();
        Files.delete(segment);
        assertThat(new ProcessBuilder("mkfifo", segment.toString()).start().waitFor())
                .isZero();

        assertRefused("cannot read " + segment + ": it is no file");
    }

    @Test
    void aTopicThatIsAPathNamesNoFile() throws IOException {
        Manifest manifest = Recording.open(folder).manifest();
        ManifestFile.write(
                folder,
                manifest.withKafka(
                        new Manifest.Kafka("c", "../../victim", manifest.kafka().lives())));

        assertRefused("it is not a manifest (kafka has no topic, or an impossible one)");
    }

    @Test
    void aTopicThatIsAPathInASegmentsFooterIsNotTakenIn() throws IOException {
        Segment segment = Recording.open(folder).segments().get(0);
        Manifest head = Recording.open(folder).manifest();
        Manifest hostile =
                head.withKafka(new Manifest.Kafka("c", "../../x", head.kafka().lives()));
        rewrite(Table.EVENTS.schema(), Footer.of(hostile, segment));
        Files.delete(folder.resolve(ManifestFile.NAME));

        assertThatThrownBy(() -> Verifier.repair(folder)).hasMessageContaining("there is no sealed segment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message event { required int32 incarnation; }",
                "message event { required int64 incarnation; required int32 partition; }",
                "message event { required binary incarnation; required binary partition; required binary offset; }",
                "message event { optional group incarnation { required int32 x; } }",
                "message event { repeated int32 incarnation; }"
            })
    void aSegmentOfOtherColumnsIsDamage(String schema) throws IOException {
        Segment segment = Recording.open(folder).segments().get(0);
        rewrite(
                MessageTypeParser.parseMessageType(schema),
                Footer.of(Recording.open(folder).manifest(), segment));

        assertDamagedSegment();
    }

    @Test
    void aSegmentWithFewerRowsThanTheManifestSaysIsDamage() throws IOException {
        Segment segment = Recording.open(folder).segments().get(0);
        rewrite(Table.EVENTS.schema(), Footer.of(Recording.open(folder).manifest(), segment));

        assertThat(Verifier.verify(folder).problems())
                .extracting(Verification.Problem::what)
                .contains("has 0 rows; the manifest says 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PAR1", "PAR1PAR1", "PAR1\uffff\uffffPAR1", "no Parquet at all, but longer than its magic"})
    void aSegmentThatIsNoParquetFileIsDamage(String contents) throws IOException {
        Files.writeString(segment(), contents.isEmpty() ? "x" : contents);
        reseal();

        assertDamagedSegment();
    }

    /** Its footer is sound, and its checksum fits: only who reads it to the end finds out. */
    @Test
    void aSegmentThatCannotBeReadToItsEndStopsWhoMergesOrGoesOn() throws IOException {
        Path other = temp.resolve("two");
        try (RecordingWriter writer =
                RecordingWriter.create(other, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(Fixtures.CLUSTER, Fixtures.TOPIC, new Position(1, Optional.empty(), Map.of(0, 0L)));
            for (int i = 0; i < 2; i++) {
                writer.write(Fixtures.event(message(i)));
                writer.sealAll();
            }
        }
        folder = other;
        Path segment = segment();
        byte[] bytes = Files.readAllBytes(segment);
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        Arrays.fill(bytes, 4, bytes.length - 8 - footer, (byte) 7);
        Files.write(segment, bytes);
        reseal();

        assertDamagedSegment();
        assertThatThrownBy(() -> Verifier.repair(folder))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageStartingWith("cannot read the segment " + segment);
        assertThatThrownBy(() ->
                        RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system()))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED));
    }

    /** A column that nobody knows yet may be there, and one that nobody knew then may be absent. */
    @Test
    void columnsMayComeAndGo() throws IOException {
        Path file = temp.resolve("other.parquet");
        MessageType schema = new MessageType(
                "event",
                Stream.concat(
                                Table.EVENTS.schema().getFields().stream()
                                        .filter(column -> !column.getName().equals("poison_reason")),
                                Stream.of(Types.optional(PrimitiveType.PrimitiveTypeName.DOUBLE)
                                        .named("of_tomorrow")))
                        .toList());
        writeEmpty(file, schema, Map.of());

        try (MessageReader reader = new MessageReader(file)) {
            assertThat(reader.hasNext()).isFalse();
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageContaining(message);
        assertThat(Verifier.verify(folder).isOk()).isFalse();
    }

    private void assertDamagedSegment() {
        Recording recording = Recording.open(folder);
        assertThatThrownBy(() -> {
                    try (MessageReader reader =
                            recording.messagesOf(recording.segments().get(0))) {
                        reader.forEachRemaining(message -> {});
                    }
                })
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageStartingWith("cannot read the segment " + segmentIn(recording));
        assertThat(Verifier.verify(folder).problems()).isNotEmpty();
    }

    private static Path segmentIn(Recording recording) {
        return recording.fileOf(recording.segments().get(0));
    }

    private Path segment() {
        return segmentIn(Recording.open(folder));
    }

    /** Replaces the segment by an empty one of this schema, and makes the manifest believe in it. */
    private void rewrite(MessageType schema, Map<String, String> footer) throws IOException {
        Path segment = segment();
        Files.delete(segment);
        writeEmpty(segment, schema, footer);
        reseal();
    }

    private static void writeEmpty(Path file, MessageType schema, Map<String, String> footer) throws IOException {
        try (SegmentFile segment = new SegmentFile(file, schema, Set.of(), Set.of())) {
            segment.finish(footer);
        }
    }

    private void reseal() throws IOException {
        Manifest manifest = Recording.open(folder).manifest();
        Segment segment = manifest.segments().get(0);
        Path file = folder.resolve(segment.file());
        List<Segment> segments = new ArrayList<>(manifest.segments());
        segments.set(0, segment.sealedAs(segment.file(), Files.size(file), Durable.sha256(file)));
        ManifestFile.write(folder, manifest.withSegments(segments));
    }

    private static Message message(long offset) {
        return Fixtures.message(0, offset, 1_700_000_000_000L + offset, "v");
    }
}
