package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import whisktape.DocumentFixtures;
import whisktape.Fixtures;
import whisktape.Message;

/** A recording of many small segments, as none has that was merged while it grew. */
public final class SmallSegments {
    private SmallSegments() {}

    /** Writes a recording of two partitions and a database with this many segments, of two rows each. */
    public static Recording write(Path folder, int segments) {
        Manifest like = Manifest.begun(Instant.parse("2026-03-14T09:00:00Z"), Map.of(), null)
                .withState(Manifest.State.COMPLETE)
                .withKafka(new Manifest.Kafka("c", "events", List.of(new Manifest.Life(1, "t", Map.of(0, 0L, 1, 0L)))))
                .withCouchdb(new Manifest.Couchdb("s", "db", List.of(new Manifest.DatabaseLife(1, "5", "0"))));
        try (RecordingCopy copy = RecordingCopy.create(folder, like)) {
            for (long number = 0; number < segments / 4; number++) {
                writeEvents(copy, 0, 2 * number);
                writeEvents(copy, 1, 2 * number);
                writeDocuments(copy, 1 + 4 * number);
                writeDocuments(copy, 3 + 4 * number);
            }
            copy.finish();
        }
        return Recording.open(folder);
    }

    private static void writeEvents(RecordingCopy copy, int partition, long from) {
        copy.begin(SegmentCounts.ofEvents(1, partition, from));
        for (long offset = from; offset < from + 2; offset++) {
            byte[] value = ("value " + offset + " of " + partition).getBytes(StandardCharsets.UTF_8);
            copy.write(Fixtures.event(new Message(
                    1, partition, offset, offset, Message.TimestampType.CREATE, offset, null, value, List.of())));
        }
        copy.end();
    }

    private static void writeDocuments(RecordingCopy copy, long from) {
        SegmentCounts counts = SegmentCounts.ofDocuments(1, from, "0");
        copy.begin(counts);
        copy.write(DocumentFixtures.document(from));
        copy.write(DocumentFixtures.document(from + 1));
        counts.moveTo(from + "-x");
        copy.end();
    }
}
