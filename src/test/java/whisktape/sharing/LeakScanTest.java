package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Gap;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.ActivationReader;
import whisktape.recording.EventReader;
import whisktape.recording.Manifest;
import whisktape.recording.Recording;
import whisktape.recording.RecordingCopy;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;

/** The last gate finds what was let through on purpose, wherever that was. */
final class LeakScanTest {
    /** Its redacted form is another one, and nothing in it looks like a secret. */
    private static final String ORIGINAL = "Sonnenblume AG";

    private static final String OTHER = "another one";

    @TempDir
    private Path temp;

    private Recording original;
    private Originals originals;
    private Redaction redaction;

    @BeforeEach
    void record() {
        try (RecordingWriter writer = RecordingWriter.create(
                temp.resolve("original"),
                Map.of("label", ORIGINAL),
                ORIGINAL,
                SealLimits.DEFAULT,
                InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.begin(Optional.of("server"), ORIGINAL, new DatabasePosition(1, Optional.empty(), ORIGINAL));
            for (long offset = 0; offset < 20; offset++) {
                writer.write(event(offset, ORIGINAL, ORIGINAL));
                writer.write(event(++offset, OTHER, ORIGINAL));
            }
            writer.write(List.of(document(ORIGINAL), document(OTHER)), Optional.of(ORIGINAL));
            writer.finish();
        }
        original = Recording.open(temp.resolve("original"));
        originals = new Originals(Vocabulary.words());
        redaction = new Redaction(EnumSet.noneOf(Keep.class), new Pseudonyms(Salt.random()), originals);
    }

    @Test
    void findsNothingWhereNothingWasLetThrough() throws IOException {
        assertThat(leaks(manifest -> manifest, event -> event, document -> document))
                .isEmpty();
    }

    static Stream<Arguments> eventColumns() {
        return Stream.of(
                column(
                        "key",
                        e -> with(
                                e,
                                new Message(
                                        1,
                                        0,
                                        e.message().offset(),
                                        5,
                                        Message.TimestampType.CREATE,
                                        6,
                                        bytes(ORIGINAL),
                                        e.message().value(),
                                        List.of()))),
                column(
                        "value",
                        e -> with(
                                e,
                                new Message(
                                        1,
                                        0,
                                        e.message().offset(),
                                        5,
                                        Message.TimestampType.CREATE,
                                        6,
                                        null,
                                        bytes("{\"a\":[\"" + ORIGINAL + "\"]}"),
                                        List.of()))),
                column(
                        "headers.list.element.key",
                        e -> with(
                                e,
                                new Message(
                                        1,
                                        0,
                                        e.message().offset(),
                                        5,
                                        Message.TimestampType.CREATE,
                                        6,
                                        null,
                                        null,
                                        List.of(new Message.Header(ORIGINAL, null))))),
                column(
                        "headers.list.element.value",
                        e -> with(
                                e,
                                new Message(
                                        1,
                                        0,
                                        e.message().offset(),
                                        5,
                                        Message.TimestampType.CREATE,
                                        6,
                                        null,
                                        null,
                                        List.of(new Message.Header("a", bytes(ORIGINAL)))))),
                column("event_source", e -> with(e, envelope(ORIGINAL, null, null, null, null))),
                column("subject", e -> with(e, envelope(null, ORIGINAL, null, null, null))),
                column("namespace", e -> with(e, envelope(null, null, ORIGINAL, null, null))),
                column("user_id", e -> with(e, envelope(null, null, null, ORIGINAL, null))),
                column("event_type", e -> with(e, envelope(null, null, null, null, ORIGINAL))),
                column("action", e -> with(e, activation(ORIGINAL, null, null, null))),
                column("activation_id", e -> with(e, activation(null, ORIGINAL, null, null))),
                column("kind", e -> with(e, activation(null, null, ORIGINAL, null))),
                column("caused_by", e -> with(e, activation(null, null, null, ORIGINAL))),
                column("metric_name", e -> with(e, new EventBody.Metric(ORIGINAL, 1L))),
                column("unreadable_reason", e -> with(e, new EventBody.Unreadable(ORIGINAL))),
                column("odd_fields", e -> new Event(e.message(), e.envelope(), e.body(), "size," + ORIGINAL, null)),
                column("poison_reason", e -> new Event(e.message(), e.envelope(), e.body(), null, ORIGINAL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventColumns")
    void findsItInAColumnOfEvents(String column, UnaryOperator<Event> leaky) throws IOException {
        List<Leak> leaks = leaks(manifest -> manifest, leaky, document -> document);

        assertThat(leaks).extracting(Leak::place).contains("column " + column);
        assertThat(leaks).noneMatch(leak -> leak.toString().contains("Sonnenblume"));
    }

    static Stream<Arguments> documentColumns() {
        return Stream.of(
                column(
                        "update_seq",
                        new Document(1, ORIGINAL, 5, null, null, false, null, new DocumentBody.Tombstone(), null)),
                column(
                        "_id",
                        new Document(
                                1, null, 5, "x/" + ORIGINAL, null, false, null, new DocumentBody.Tombstone(), null)),
                column(
                        "_rev",
                        new Document(
                                1, null, 5, null, "1-" + ORIGINAL, false, null, new DocumentBody.Tombstone(), null)),
                column(
                        "document",
                        new Document(
                                1,
                                null,
                                5,
                                null,
                                null,
                                false,
                                bytes("no JSON, " + ORIGINAL),
                                new DocumentBody.Tombstone(),
                                null)),
                column(
                        "odd_fields",
                        new Document(1, null, 5, null, null, false, null, new DocumentBody.Tombstone(), ORIGINAL)),
                column(
                        "unreadable_reason",
                        new Document(
                                1,
                                null,
                                5,
                                null,
                                null,
                                false,
                                null,
                                new DocumentBody.Unreadable("not " + ORIGINAL),
                                null)),
                column("activation_id", body(0)),
                column("namespace", body(1)),
                column("name", body(2)),
                column("path", body(3)),
                column("version", body(4)),
                column("subject", body(5)),
                column("entity_type", body(6)),
                column("kind", body(7)),
                column("caused_by", body(8)),
                column("cause", body(9)),
                column("binding", body(10)),
                column("component_ids.list.element", body(11)),
                column("trigger_results.list.element.rule", body(12)),
                column("trigger_results.list.element.action", body(13)),
                column("trigger_results.list.element.activation_id", body(14)),
                column("trigger_results.list.element.error", body(15)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documentColumns")
    void findsItInAColumnOfActivations(String column, Document leaky) throws IOException {
        assertThat(leaks(manifest -> manifest, event -> event, document -> leaky))
                .extracting(Leak::place)
                .contains("column " + column);
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                manifest("a label", Map.of("a", ORIGINAL), null, null, null, null),
                manifest("the name of a label", Map.of(ORIGINAL, "a"), null, null, null, null),
                manifest("the note", Map.of(), "as " + ORIGINAL + " says", null, null, null),
                manifest("the cluster", Map.of(), null, ORIGINAL, null, null),
                manifest("the database", Map.of(), null, null, ORIGINAL, null),
                manifest("a gap", Map.of(), null, null, null, ORIGINAL));
    }

    /** It stands in the footers too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void findsItInTheManifestAndInFooters(String what, UnaryOperator<Manifest> leaky) throws IOException {
        List<Leak> leaks = leaks(leaky, event -> event, document -> document);

        assertThat(leaks).extracting(Leak::entry).contains("recording.json");
        assertThat(leaks).extracting(Leak::place).contains("the footer's metadata");
    }

    @Test
    void findsItInTheNameOfAFile() throws IOException {
        originals.add("sonnenblume");

        assertThat(leaks(
                        manifest -> new Manifest(
                                1,
                                "0.1.0",
                                manifest.state(),
                                manifest.created(),
                                Map.of(),
                                null,
                                true,
                                new Manifest.Kafka(
                                        null, "sonnenblume", manifest.kafka().lives()),
                                manifest.couchdb(),
                                List.of(),
                                List.of()),
                        event -> event,
                        document -> document))
                .contains(new Leak(
                        "events/sonnenblume-0-00000000000000000000-00000000000000000020.parquet",
                        "its name",
                        "a value that was redacted elsewhere"));
    }

    @Test
    void findsItInWhateverElseIsInAZip() throws IOException {
        Path zip = temp.resolve("other.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setComment("made for " + OTHER);
            ZipEntry entry = new ZipEntry("a.txt");
            entry.setExtra(bytes("\u0001\u0002\u000e\0" + ORIGINAL));
            out.putNextEntry(entry);
            out.write(bytes("x".repeat(2_000_000) + " " + ORIGINAL));
            out.closeEntry();
        }
        originals.add(ORIGINAL);
        originals.add(OTHER);

        assertThat(new LeakScan(originals, temp).leaksIn(zip))
                .extracting(Leak::place)
                .contains("its comment", "its extra field", "its bytes");
    }

    /** What it looks like is enough, also where it was in nothing that was redacted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP",
                "authorization: Bearer abcdefgh.ijklmnop",
                "Basic bWFyZ2FyZXRoZTpnZWhlaW0=",
                "write to margarethe.schmidt@example.com, please",
                "-----BEGIN EC PRIVATE KEY-----",
                "https://admin:geheim@db.example.com/",
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln",
                "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ",
                "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e"
            })
    void findsWhatLooksLikeASecret(String secret) throws IOException {
        List<Leak> leaks = leaks(
                manifest -> manifest,
                event -> with(event, envelope(null, null, secret, null, null)),
                document -> document);

        assertThat(leaks).extracting(Leak::place).contains("column namespace");
        assertThat(leaks).noneMatch(leak -> leak.toString().contains(secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "makeInvoiceForCustomerOrdersInEurope2",
                "whisk-deploy-production-europe-west-1",
                "guest/utils/text-to-upper-case",
                "events-0-00000000000000010162-00000000000000012085.parquet",
                "ns-l5cmwhm4yg/pkg-q2xmyxxzcb/action-v4agtj4tey",
                "1-7da6841ba7401ea821f9da1ce784cc3f",
                "076ec96cd3de48a5aec96cd3de28a517",
                "ca34d119-d375-56ff-fe6d-7300167e660e",
                "the database has fewer documents than before: deleted and created again, or purged",
                "2026-11-23T09:44:39.812Z"
            })
    void doesNotTakeForASecretWhatIsNone(String harmless) {
        assertThat(SecretPatterns.find(harmless)).isEmpty();
    }

    private List<Leak> leaks(
            UnaryOperator<Manifest> manifest, UnaryOperator<Event> events, UnaryOperator<Document> documents)
            throws IOException {
        EventRedactor eventRedactor = new EventRedactor(redaction);
        DocumentRedactor documentRedactor = new DocumentRedactor(redaction);
        ManifestRedactor redactor = new ManifestRedactor(redaction, Cut.NONE);
        Manifest head = manifest.apply(redactor.redact(original.manifest()));
        try (RecordingCopy copy = RecordingCopy.create(temp.resolve("copy"), head)) {
            for (Segment segment : original.segments()) {
                copy.begin(redactor.redact(segment));
                if (segment.table().equals(Segment.EVENTS)) {
                    try (EventReader rows = original.eventsOf(segment)) {
                        rows.forEachRemaining(event -> copy.write(events.apply(eventRedactor.apply(event))));
                    }
                } else {
                    try (ActivationReader rows = original.activationsOf(segment)) {
                        rows.forEachRemaining(
                                document -> copy.write(documents.apply(documentRedactor.apply(document))));
                    }
                }
            }
            copy.finish();
        }
        Path zip = temp.resolve("copy.zip");
        ArchiveWriter.write(Recording.open(temp.resolve("copy")), zip);
        return new LeakScan(originals, temp).leaksIn(zip);
    }

    private static Event event(long offset, String name, String subject) {
        Message message = new Message(
                1,
                0,
                offset,
                5,
                Message.TimestampType.CREATE,
                6,
                bytes(name),
                null,
                List.of(new Message.Header(name, bytes(name))));
        return new Event(
                message, envelope(name, subject, name, name, name), activation(name, name, name, name), null, null);
    }

    private static Event.Envelope envelope(
            String source, String subject, String namespace, String userId, String type) {
        return new Event.Envelope(source, subject, namespace, userId, type, 5L);
    }

    private static EventBody.Activation activation(String action, String id, String kind, String causedBy) {
        return new EventBody.Activation(action, id, 0L, 1L, 2L, 0L, kind, false, 256L, causedBy, 7L, null);
    }

    private static Event with(Event event, Message message) {
        return new Event(message, event.envelope(), event.body(), null, null);
    }

    private static Event with(Event event, Event.Envelope envelope) {
        return new Event(event.message(), envelope, event.body(), null, null);
    }

    private static Event with(Event event, EventBody body) {
        return new Event(event.message(), event.envelope(), body, null, null);
    }

    private static Document document(String name) {
        String[] texts = new String[16];
        Arrays.fill(texts, name);
        return new Document(
                1, name, 5, name, name, false, bytes("{\"activationId\":\"" + name + "\"}"), body(texts), null);
    }

    /** A document with the original in one place. */
    private static Document body(int place) {
        String[] texts = new String[16];
        texts[place] = ORIGINAL;
        return new Document(1, null, 5, null, null, false, null, body(texts), null);
    }

    private static DocumentBody.Activation body(String[] t) {
        return new DocumentBody.Activation(
                t[0],
                t[1],
                t[2],
                t[3],
                t[4],
                t[5],
                t[6],
                1L,
                2L,
                1L,
                3L,
                0L,
                null,
                t[7],
                DocumentBody.Limits.ABSENT,
                false,
                t[8],
                t[9],
                null,
                null,
                t[10],
                0L,
                7L,
                null,
                false,
                0L,
                t[11] == null ? List.of() : List.of(t[11]),
                List.of(new DocumentBody.TriggerResult(t[12], t[13], t[14], 0L, true, t[15])));
    }

    private static Arguments column(String name, UnaryOperator<Event> leaky) {
        return Arguments.of(name, leaky);
    }

    private static Arguments column(String name, Document leaky) {
        return Arguments.of(name, leaky);
    }

    private static Arguments manifest(
            String what, Map<String, String> labels, String note, String cluster, String database, String gap) {
        UnaryOperator<Manifest> leaky = manifest -> new Manifest(
                1,
                "0.1.0",
                manifest.state(),
                Instant.EPOCH,
                labels,
                note,
                true,
                new Manifest.Kafka(cluster, "events", manifest.kafka().lives()),
                new Manifest.Couchdb(
                        null,
                        database == null ? "activations" : database,
                        manifest.couchdb().lives()),
                gap == null ? List.of() : List.of(new Gap(1, 0, 0, 5L, gap)),
                List.of());
        return Arguments.of(what, leaky);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
