package whisktape.source;

import java.util.List;
import java.util.Optional;
import whisktape.Event;
import whisktape.Gap;
import whisktape.Position;

/**
 * What a source of events hands out at once; it happened in the order of the components.
 *
 * @param gaps events that are missing
 * @param newLife where reading began anew, if the topic is another one than before
 * @param events ascending by offset within each partition
 * @param sizeBytes roughly what the events hold in memory
 */
public record EventBatch(List<Gap> gaps, Optional<Position> newLife, List<Event> events, long sizeBytes)
        implements Batch {
    public static final EventBatch EMPTY = new EventBatch(List.of(), Optional.empty());

    EventBatch(List<Gap> gaps, Optional<Position> newLife) {
        this(gaps, newLife, List.of(), 0);
    }

    @Override
    public int rows() {
        return events.size();
    }

    @Override
    public boolean isEmpty() {
        return gaps.isEmpty() && newLife.isEmpty() && events.isEmpty();
    }
}
