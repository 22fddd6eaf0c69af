package whisktape;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

/** Documents of an activations database for tests, built in code. */
public final class DocumentFixtures {
    public static final Optional<String> SERVER = Optional.of("fixture-couchdb");
    public static final String DATABASE = "test_activations";
    public static final DatabasePosition START = new DatabasePosition(1, Optional.of("1700000000"), "0");

    private DocumentFixtures() {}

    /** The record of an activation that did nothing remarkable. */
    public static Document document(long number) {
        return document(1, number, "{\"n\":" + number + "}");
    }

    public static Document document(int incarnation, long number, String text) {
        return document(incarnation, number, text, record(number, List.of(), List.of()));
    }

    /** A document with this body, whatever its text is. */
    public static Document document(int incarnation, long number, String text, DocumentBody body) {
        return new Document(
                incarnation,
                number + "-g1AAAA",
                1_700_000_000_000L + number,
                "guest/" + id(number),
                "1-" + id(number),
                false,
                text.getBytes(StandardCharsets.UTF_8),
                body,
                null);
    }

    /** Those from a number on and before another one. */
    public static List<Document> documents(long from, long until) {
        return LongStream.range(from, until)
                .mapToObj(DocumentFixtures::document)
                .toList();
    }

    /** The same, deleted; a tombstone unless something was left in it. */
    public static Document deleted(Document document, DocumentBody left) {
        return new Document(
                document.incarnation(),
                document.updateSeq() + "D",
                document.recordedAtMs(),
                document.id(),
                "2" + document.rev().substring(1),
                true,
                document.text(),
                left,
                null);
    }

    /** A row that nobody can read: no id, no revision, no text. */
    public static Document unreadable(String reason) {
        return new Document(1, null, 1, null, null, false, null, new DocumentBody.Unreadable(reason), null);
    }

    /** A recording that goes on with documents. */
    public static Recording recordingWith(Recording recording, List<Document> documents) {
        try (RecordingWriter writer = RecordingWriter.resume(
                recording.folder(), Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(SERVER, DATABASE, START);
            writer.write(documents, Optional.of(documents.size() + "-g1AAAA"));
            writer.finish();
        }
        return Recording.open(recording.folder());
    }

    public static DocumentBody.Activation record(
            long number, List<String> componentIds, List<DocumentBody.TriggerResult> triggerResults) {
        return new DocumentBody.Activation(
                id(number),
                "guest",
                "hello",
                "guest/utils/hello",
                "0.0.7",
                "guest-user",
                "activation",
                1000 + number,
                2000 + number,
                900L,
                2100 + number,
                37L,
                289L,
                "nodejs:20",
                new DocumentBody.Limits(60_000L, 256L, 10L, 1L, null),
                false,
                "sequence",
                id(number + 1),
                null,
                true,
                "guest/bound",
                0L,
                118L,
                null,
                false,
                3L,
                componentIds,
                triggerResults);
    }

    public static String id(long number) {
        return "%032x".formatted(number);
    }
}
