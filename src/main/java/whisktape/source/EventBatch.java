package whisktape.source;

import java.util.List;
import java.util.Optional;
import whisktape.Event;
import whisktape.Gap;
import whisktape.Position;
import whisktape.shapes.EventRows;

/**
 * What a source of events hands out at once; it happened in the order of the components. Events ascend by offset within each partition.
 *
 * @param gaps events that are missing
 * @param newLife where reading began anew, if the topic is another one than before
 * @param shaped events of known shapes
 * @param events other ones
 * @param sizeBytes roughly what the events hold in memory
 */
public record EventBatch(
        List<Gap> gaps, Optional<Position> newLife, Optional<EventRows> shaped, List<Event> events, long sizeBytes)
        implements Batch {
    public static final EventBatch EMPTY = new EventBatch(List.of(), Optional.empty());

    EventBatch(List<Gap> gaps, Optional<Position> newLife) {
        this(gaps, newLife, Optional.empty(), List.of(), 0);
    }

    EventBatch(Optional<EventRows> shaped, List<Event> events) {
        this(List.of(), Optional.empty(), shaped, events, sizeBytes(shaped, events));
    }

    @Override
    public int rows() {
        return shaped.map(EventRows::count).orElse(0) + events.size();
    }

    @Override
    public boolean isEmpty() {
        return gaps.isEmpty() && newLife.isEmpty() && rows() == 0;
    }

    private static long sizeBytes(Optional<EventRows> shaped, List<Event> events) {
        long size = shaped.map(EventRows::heldBytes).orElse(0L);
        for (Event event : events) {
            size += event.message().sizeBytes();
        }
        return size;
    }
}
