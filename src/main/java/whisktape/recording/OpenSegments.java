package whisktape.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The segments that rows go to: one for each partition, and one of documents. */
final class OpenSegments {
    private final long mostBufferedBytes;
    private final Map<Integer, EventSegmentWriter> events = new HashMap<>();
    private Optional<ActivationSegmentWriter> documents = Optional.empty();
    private long bufferedBytes;

    /** @param mostBufferedBytes that all of them may hold in memory, roughly */
    OpenSegments(long mostBufferedBytes) {
        this.mostBufferedBytes = mostBufferedBytes;
    }

    /** All of them, in a list of its own. */
    List<SegmentWriter> all() {
        List<SegmentWriter> all = new ArrayList<>(events.values());
        documents.ifPresent(all::add);
        return all;
    }

    /** Those of events, in a list of its own. */
    List<EventSegmentWriter> events() {
        return List.copyOf(events.values());
    }

    Optional<EventSegmentWriter> events(int partition) {
        return Optional.ofNullable(events.get(partition));
    }

    Optional<ActivationSegmentWriter> documents() {
        return documents;
    }

    void add(int partition, EventSegmentWriter segment) {
        events.put(partition, segment);
    }

    void add(ActivationSegmentWriter segment) {
        documents = Optional.of(segment);
    }

    void remove(SegmentWriter segment) {
        events.values().remove(segment);
        documents = documents.filter(open -> open != segment);
    }

    /** What they hold in memory, roughly. */
    long bufferedBytes() {
        return bufferedBytes;
    }

    /** Counts what was written to one of them. */
    void buffered(long bytes) {
        bufferedBytes += bytes;
    }

    /** Counts that one of them will hold nothing any more. */
    void ends(SegmentWriter segment) {
        bufferedBytes -= segment.bufferedBytes();
    }

    /** Has the largest one write its row group where they hold too much. */
    void bound() throws IOException {
        if (bufferedBytes >= mostBufferedBytes) {
            SegmentWriter largest = all().stream()
                    .max(Comparator.comparingLong(SegmentWriter::bufferedBytes))
                    .orElseThrow();
            ends(largest);
            largest.endRowGroup();
        }
    }
}
