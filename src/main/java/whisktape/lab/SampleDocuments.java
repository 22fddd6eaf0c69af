package whisktape.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;
import whisktape.recording.JsonTimes;
import whisktape.recording.Recording;

/** Puts the activations of a recording into a lab's database, moved in time so that its first event happens now. */
final class SampleDocuments {
    private static final String FIRST_EVENT = "SELECT min(event_time_ms) FROM events";
    private static final String DOCUMENTS =
            "SELECT document FROM recorded_activations WHERE document_type = 'activation' AND NOT deleted";

    private SampleDocuments() {}

    /** How many there were. */
    static long copy(Recording sample, Instant now, EmbeddedCouch couch, String database) {
        try (Analysis analysis = Analysis.open(sample)) {
            long shiftMs = now.toEpochMilli() - firstEventMs(analysis);
            long copied = 0;
            try (Rows rows = analysis.query(DOCUMENTS)) {
                for (; rows.hasNext(); copied++) {
                    byte[] text = ((String) rows.next().get(0)).getBytes(UTF_8);
                    Optional<byte[]> moved = JsonTimes.shiftDocument(text, shiftMs);
                    couch.put(database, new String(moved.orElse(text), UTF_8));
                }
            }
            return copied;
        }
    }

    private static long firstEventMs(Analysis analysis) {
        try (Rows rows = analysis.query(FIRST_EVENT)) {
            return ((Number) rows.next().get(0)).longValue();
        }
    }
}
