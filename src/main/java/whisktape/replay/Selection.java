package whisktape.replay;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import whisktape.Message;
import whisktape.recording.LongRange;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/**
 * The events of a recording that are meant: those from one instant until before another, which a filter lets through.
 *
 * @param recording where they are
 * @param fromMs the first millisecond, epoch
 * @param untilMs the first millisecond after them, epoch; {@link #NO_END} for none, as an event may have the largest number for its time
 * @param filter which of them
 */
public record Selection(Recording recording, long fromMs, long untilMs, EventFilter filter) {
    /** Until the last event. */
    static final long NO_END = Long.MAX_VALUE;

    /** All events. */
    public static Selection of(Recording recording) {
        return new Selection(recording, Long.MIN_VALUE, NO_END, EventFilter.ALL);
    }

    public Selection from(Instant from) {
        return new Selection(recording, from.toEpochMilli(), untilMs, filter);
    }

    public Selection until(Instant until) {
        return new Selection(recording, fromMs, until.toEpochMilli(), filter);
    }

    public Selection where(EventFilter filter) {
        return new Selection(recording, fromMs, untilMs, filter);
    }

    /**
     * Hands over each event and its time in the order of a replay: by time across partitions, by offset within one. The time is that of
     * Kafka, else the event's own, else that of its predecessor; {@link Long#MIN_VALUE} without one.
     */
    public void forEach(ObjLongConsumer<Message> consumer) {
        try (MergedEvents merged = new MergedEvents(this)) {
            for (PartitionEvents at = merged.next(); at != null; at = merged.next()) {
                consumer.accept(at.message(), at.timeMs());
            }
        }
    }

    /** The latest time of any event, from which {@code -10m} counts back; empty if no event has one. */
    public static Optional<Instant> end(Recording recording) {
        return recording.segments(Segment.EVENTS).stream()
                .map(Segment::untilTimeMs)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    /** How many partitions a topic needs that takes the recording as it is. */
    public static int partitionsNeeded(Recording recording) {
        TreeSet<Integer> partitions = new TreeSet<>();
        recording.segments(Segment.EVENTS).forEach(segment -> partitions.add(segment.partition()));
        if (recording.manifest().kafka() != null) {
            recording
                    .manifest()
                    .kafka()
                    .lives()
                    .forEach(life -> partitions.addAll(life.startOffsets().keySet()));
        }
        return partitions.isEmpty() ? 1 : partitions.last() + 1;
    }

    /** True if no event is left out, so that the manifest's counts are the selection's. */
    boolean isWhole() {
        return fromMs == Long.MIN_VALUE && untilMs == NO_END && filter == EventFilter.ALL;
    }

    boolean holds(long timeMs) {
        return fromMs <= timeMs && !isBehind(timeMs);
    }

    /** True if no time of the segment is in the window. */
    boolean misses(Segment segment) {
        return segment.fromTimeMs() != null && misses(new LongRange(segment.fromTimeMs(), segment.untilTimeMs()));
    }

    /** True if none of these times is in the window. */
    boolean misses(LongRange timesMs) {
        return timesMs.to() < fromMs || isBehind(timesMs.from());
    }

    private boolean isBehind(long timeMs) {
        return untilMs != NO_END && timeMs >= untilMs;
    }
}
