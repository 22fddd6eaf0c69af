package whisktape.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Gap;
import whisktape.Message;
import whisktape.WhisktapeException;

/** The events of several recordings, each place on the topic once, and the gaps between them. */
final class EventMerge {
    private static final long SEGMENT_BYTES = SealLimits.DEFAULT.sizeBytes();

    private final List<Recording> recordings;
    private final MergedOrigin origin;
    private final RecentIds recent = new RecentIds();

    /** By life and partition, in their order. */
    private final Map<Place, OffsetRanges> ranges = new TreeMap<>();

    private long repeated;

    private record Place(int incarnation, int partition) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byLife = Integer.compare(incarnation, other.incarnation);
            return byLife == 0 ? Integer.compare(partition, other.partition) : byLife;
        }
    }

    EventMerge(List<Recording> recordings, MergedOrigin origin) {
        this.recordings = recordings.stream()
                .filter(recording -> recording.manifest().kafka() != null)
                .toList();
        this.origin = origin;
        if (origin.kafka() != null) {
            origin.kafka().lives().forEach(this::plan);
        }
    }

    /** What none of the recordings holds. */
    List<Gap> gaps() {
        return ranges.values().stream()
                .map(OffsetRanges::gaps)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Events that several recordings have. */
    long repeated() {
        return repeated;
    }

    void write(RecordingCopy copy) {
        ranges.forEach((place, found) -> {
            if (!found.ranges().isEmpty()) {
                write(place, found, copy);
            }
        });
        copy.end();
    }

    private void plan(Manifest.Life life) {
        Map<Integer, Long> starts = new HashMap<>(life.startOffsets());
        TreeSet<Integer> partitions = new TreeSet<>(starts.keySet());
        for (Recording recording : recordings) {
            segments(recording, life.incarnation()).forEach(segment -> partitions.add(segment.partition()));
        }
        for (int partition : partitions) {
            Place place = new Place(life.incarnation(), partition);
            List<Segment> segments = recordings.stream()
                    .flatMap(recording -> segments(recording, place))
                    .toList();
            List<Gap> gaps = recordings.stream()
                    .flatMap(recording -> gaps(recording, place))
                    .toList();
            long start = begin(life, partition, segments);
            ranges.put(
                    place,
                    withOpenEnd(place, start, OffsetRanges.of(life.incarnation(), partition, start, segments, gaps)));
        }
    }

    /** A topic that was made anew between two recordings began at 0, wherever the second of them did. */
    private long begin(Manifest.Life life, int partition, List<Segment> segments) {
        boolean isSeenFromItsBeginning = recordings.stream()
                .map(recording -> origin.eventLives().get(recording))
                .anyMatch(numbers -> numbers.entrySet().stream()
                        .anyMatch(entry -> entry.getValue() == life.incarnation() && entry.getKey() > 1));
        if (life.incarnation() > 1 && !isSeenFromItsBeginning) {
            return 0;
        }
        Long start = life.startOffsets().get(partition);
        return start != null
                ? start
                : segments.stream().mapToLong(Segment::fromOffset).min().orElse(0);
    }

    /** Nobody knows how a life ended that no recording saw end. */
    private OffsetRanges withOpenEnd(Place place, long start, OffsetRanges found) {
        boolean isLast = place.incarnation() == origin.kafka().lives().size();
        if (isLast || found.endsOpen()) {
            return found;
        }
        List<Gap> gaps = new ArrayList<>(found.gaps());
        gaps.add(new Gap(place.incarnation(), place.partition(), found.end(start), null, Gap.UNRECORDED));
        return new OffsetRanges(found.ranges(), gaps);
    }

    private Stream<Segment> segments(Recording recording, int incarnation) {
        Map<Integer, Integer> numbers = origin.eventLives().get(recording);
        return recording.segments(Segment.EVENTS).stream()
                .filter(segment -> Objects.equals(numbers.get(segment.incarnation()), incarnation));
    }

    private Stream<Segment> segments(Recording recording, Place place) {
        return segments(recording, place.incarnation()).filter(segment -> segment.partition() == place.partition());
    }

    private Stream<Gap> gaps(Recording recording, Place place) {
        Map<Integer, Integer> numbers = origin.eventLives().get(recording);
        return recording.manifest().gaps().stream()
                .filter(gap -> !gap.isOfDocuments()
                        && Objects.equals(numbers.get(gap.incarnation()), place.incarnation())
                        && gap.partition() == place.partition());
    }

    private void write(Place place, OffsetRanges found, RecordingCopy copy) {
        List<EventCursor> cursors = new ArrayList<>();
        try {
            for (Recording recording : recordings) {
                cursors.add(
                        new EventCursor(recording, segments(recording, place).toList()));
            }
            for (OffsetRanges.Range range : found.ranges()) {
                copy.begin(SegmentCounts.ofEvents(place.incarnation(), place.partition(), range.from()));
                write(range, place, cursors, copy);
            }
        } finally {
            cursors.forEach(EventCursor::close);
        }
    }

    private void write(OffsetRanges.Range range, Place place, List<EventCursor> cursors, RecordingCopy copy) {
        for (EventCursor first = first(cursors, range.until()); first != null; first = first(cursors, range.until())) {
            Event event = first.next();
            long offset = event.message().offset();
            for (EventCursor other : cursors) {
                if (other.hasNext() && other.nextOffset() == offset) {
                    requireSame(event.message(), first, other.next().message(), other);
                    repeated++;
                }
            }
            if (copy.writtenBytes() >= SEGMENT_BYTES) {
                copy.begin(SegmentCounts.ofEvents(place.incarnation(), place.partition(), copy.nextOffset()));
            }
            copy.write(ofLife(place.incarnation(), event), isDuplicate(event));
        }
    }

    /** The recording whose next event comes first; of several with the same one the one that began first. */
    private static EventCursor first(List<EventCursor> cursors, long until) {
        EventCursor first = null;
        for (EventCursor cursor : cursors) {
            if (cursor.hasNext()
                    && cursor.nextOffset() < until
                    && (first == null || cursor.nextOffset() < first.nextOffset())) {
                first = cursor;
            }
        }
        return first;
    }

    private boolean isDuplicate(Event event) {
        return event.body() instanceof EventBody.Activation activation
                && activation.activationId() != null
                && recent.addAndTest(activation.activationId());
    }

    private static Event ofLife(int incarnation, Event event) {
        Message message = event.message();
        Message moved = new Message(
                incarnation,
                message.partition(),
                message.offset(),
                message.timestampMs(),
                message.timestampType(),
                message.recordedAtMs(),
                message.key(),
                message.value(),
                message.headers());
        return new Event(moved, event.envelope(), event.body(), event.oddFields(), event.poison());
    }

    private static void requireSame(Message one, EventCursor in, Message other, EventCursor inOther) {
        boolean same = Arrays.equals(one.key(), other.key())
                && Arrays.equals(one.value(), other.value())
                && one.timestampMs() == other.timestampMs()
                && one.timestampType() == other.timestampType()
                && hasSameHeaders(one, other);
        if (!same) {
            throw WhisktapeException.refused("cannot merge: offset " + one.offset() + " of partition "
                    + one.partition() + " is not the same in " + in.recording().folder() + " and "
                    + inOther.recording().folder() + "; they are not of the same topic");
        }
    }

    private static boolean hasSameHeaders(Message one, Message other) {
        if (one.headers().size() != other.headers().size()) {
            return false;
        }
        for (int i = 0; i < one.headers().size(); i++) {
            Message.Header header = one.headers().get(i);
            Message.Header there = other.headers().get(i);
            if (!header.key().equals(there.key()) || !Arrays.equals(header.value(), there.value())) {
                return false;
            }
        }
        return true;
    }
}
