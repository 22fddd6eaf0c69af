package whisktape.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import whisktape.Event;
import whisktape.Gap;
import whisktape.Position;

/**
 * What a source of events hands out at once; it happened in the order of the components.
 *
 * @param gaps events that are missing
 * @param newLife where reading began anew, if the topic is another one than before
 * @param rows how many events there are
 * @param reading reads them, ascending by offset within each partition
 * @param sizeBytes roughly what the events hold in memory
 */
public record EventBatch(
        List<Gap> gaps, Optional<Position> newLife, int rows, Supplier<List<Event>> reading, long sizeBytes)
        implements Batch {
    public static final EventBatch EMPTY = new EventBatch(List.of(), Optional.empty());

    EventBatch(List<Gap> gaps, Optional<Position> newLife) {
        this(gaps, newLife, 0, List::of, 0);
    }

    @Override
    public boolean isEmpty() {
        return gaps.isEmpty() && newLife.isEmpty() && rows == 0;
    }

    /** Reads the messages, on the thread that wants the events: the one that polls has enough to do. For one thread, once. */
    public List<Event> events() {
        return reading.get();
    }
}
