package whisktape.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import whisktape.recording.Segment;

/**
 * What a replay will send.
 *
 * @param selection the events meant
 * @param pacing when they are sent
 * @param events by partition, how many in one round
 * @param from the earliest time in it; empty if no event has one
 * @param until the latest
 * @param poison how many would stop user-events for ever
 * @param firstPoison partition, offset and reason of the first of them
 * @param duration of all rounds; empty if only counts were wanted
 */
public record ReplayPlan(
        Selection selection,
        Pacing pacing,
        SortedMap<Integer, Long> events,
        Optional<Instant> from,
        Optional<Instant> until,
        long poison,
        Optional<String> firstPoison,
        Optional<Duration> duration) {

    /** Counts what is selected: from the manifest where that is enough, else by reading it. */
    public static ReplayPlan of(Selection selection, Pacing pacing) {
        boolean poisoned =
                selection.recording().segments(Segment.EVENTS).stream().anyMatch(segment -> segment.poison() > 0);
        return selection.isWhole() && !poisoned ? fromManifest(selection, pacing) : reading(selection, pacing);
    }

    /** Reads all that is selected, for a plan with its duration. */
    public static ReplayPlan reading(Selection selection, Pacing pacing) {
        Reading reading = new Reading(pacing);
        try (MergedEvents merged = new MergedEvents(selection)) {
            for (PartitionEvents at = merged.next(); at != null; at = merged.next()) {
                reading.add(at);
            }
        }
        return reading.toPlan(selection);
    }

    /** Events in all rounds. */
    public long totalEvents() {
        return eventsInRound() * pacing.rounds();
    }

    public long eventsInRound() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    private static ReplayPlan fromManifest(Selection selection, Pacing pacing) {
        SortedMap<Integer, Long> events = new TreeMap<>();
        long fromMs = Long.MAX_VALUE;
        long untilMs = Long.MIN_VALUE;
        for (Segment segment : selection.recording().segments(Segment.EVENTS)) {
            if (segment.rows() > 0) {
                events.merge(segment.partition(), segment.rows(), Long::sum);
            }
            if (segment.fromTimeMs() != null) {
                fromMs = Math.min(fromMs, segment.fromTimeMs());
                untilMs = Math.max(untilMs, segment.untilTimeMs());
            }
        }
        return new ReplayPlan(
                selection,
                pacing,
                events,
                instant(fromMs, fromMs <= untilMs),
                instant(untilMs, fromMs <= untilMs),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Instant> instant(long ms, boolean known) {
        return known ? Optional.of(Instant.ofEpochMilli(ms)) : Optional.empty();
    }

    /** One pass over the selection. */
    private static final class Reading {
        private final Pacing pacing;
        private final Schedule schedule;
        private final SortedMap<Integer, Long> events = new TreeMap<>();
        private long fromMs = Long.MAX_VALUE;
        private long untilMs = Long.MIN_VALUE;
        private long dueNanos;
        private long poison;
        private String firstPoison;

        Reading(Pacing pacing) {
            this.pacing = pacing;
            this.schedule = new Schedule(pacing);
        }

        void add(PartitionEvents event) {
            events.merge(event.partition(), 1L, Long::sum);
            dueNanos = schedule.dueNanos(event.timeMs());
            if (event.timeMs() != SelectedEvent.UNKNOWN) {
                fromMs = Math.min(fromMs, event.timeMs());
                untilMs = Math.max(untilMs, event.timeMs());
            }
            if (event.poisonReason() != null && poison++ == 0) {
                firstPoison =
                        "partition " + event.partition() + ", offset " + event.offset() + ": " + event.poisonReason();
            }
        }

        ReplayPlan toPlan(Selection selection) {
            return new ReplayPlan(
                    selection,
                    pacing,
                    events,
                    instant(fromMs, fromMs <= untilMs),
                    instant(untilMs, fromMs <= untilMs),
                    poison,
                    Optional.ofNullable(firstPoison),
                    Optional.of(Duration.ofNanos(dueNanos).multipliedBy(pacing.rounds())));
        }
    }
}
