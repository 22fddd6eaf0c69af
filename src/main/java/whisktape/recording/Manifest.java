package whisktape.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import whisktape.Gap;
import whisktape.Position;

/**
 * {@code recording.json}: the only list of what belongs to a recording and where to resume.
 *
 * @param format version of the recording format
 * @param tool version of the whisktape that wrote it last
 * @param state whether a recorder came to its end
 * @param created when recording began
 * @param labels the user's own, for example {@code commit=abc}
 * @param note the user's own words; absent if none
 * @param redacted true if values were rewritten for sharing
 * @param kafka where the events came from; absent until the first connection
 * @param gaps events that are missing
 * @param segments all sealed segments, by incarnation, partition and offset
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        String tool,
        State state,
        Instant created,
        Map<String, String> labels,
        String note,
        boolean redacted,
        Kafka kafka,
        List<Gap> gaps,
        List<Segment> segments) {

    /** The format this whisktape writes, and the newest it reads. */
    public static final int FORMAT = 1;

    /** Whether a recorder came to its end. */
    public enum State {
        @JsonProperty("recording")
        RECORDING,
        @JsonProperty("complete")
        COMPLETE
    }

    /**
     * Where events came from.
     *
     * @param clusterId Kafka's id of the cluster; absent for what was imported
     * @param topic the topic's name
     * @param lives one for each time the topic was found to be a new one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kafka(String clusterId, String topic, List<Life> lives) {}

    /**
     * One life of a topic, from its creation to its deletion.
     *
     * @param incarnation 1 for the first one recorded
     * @param topicId Kafka's id; absent with brokers before 2.8 and for what was imported
     * @param startOffsets by partition, the first offset asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Life(int incarnation, String topicId, Map<Integer, Long> startOffsets) {}

    /** Where a recorder goes on; empty if it never began. */
    public Optional<Position> position() {
        if (kafka == null) {
            return Optional.empty();
        }
        Life life = kafka.lives().get(kafka.lives().size() - 1);
        Map<Integer, Long> next = new TreeMap<>(life.startOffsets());
        for (Segment segment : segments) {
            if (segment.incarnation() == life.incarnation()) {
                next.merge(segment.partition(), segment.nextOffset(), Math::max);
            }
        }
        for (Gap gap : gaps) {
            if (gap.incarnation() == life.incarnation() && gap.untilOffset() != null) {
                next.merge(gap.partition(), gap.untilOffset(), Math::max);
            }
        }
        return Optional.of(new Position(life.incarnation(), Optional.ofNullable(life.topicId()), next));
    }

    Manifest withState(State state) {
        return new Manifest(format, tool, state, created, labels, note, redacted, kafka, gaps, segments);
    }

    /** With further labels, and another note if there is one. */
    Manifest describedBy(Map<String, String> more, String newNote) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(more);
        return new Manifest(
                format, tool, state, created, all, newNote == null ? note : newNote, redacted, kafka, gaps, segments);
    }

    Manifest withKafka(Kafka kafka) {
        return new Manifest(format, tool, state, created, labels, note, redacted, kafka, gaps, segments);
    }

    Manifest withGap(Gap gap) {
        return withGaps(append(gaps, gap));
    }

    Manifest withGaps(List<Gap> gaps) {
        return new Manifest(format, tool, state, created, labels, note, redacted, kafka, gaps, segments);
    }

    Manifest withSegment(Segment segment) {
        return withSegments(append(segments, segment));
    }

    Manifest withSegments(List<Segment> segments) {
        List<Segment> sorted =
                segments.stream().sorted(SegmentOrder.BY_POSITION).toList();
        return new Manifest(format, tool, state, created, labels, note, redacted, kafka, gaps, sorted);
    }

    private static <T> List<T> append(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
