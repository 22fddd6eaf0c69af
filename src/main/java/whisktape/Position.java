package whisktape;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Kafka source needs to go on.
 *
 * @param incarnation which life of the topic
 * @param topicId Kafka's id of that life; empty with brokers before 2.8, which have none
 * @param nextOffsets by partition, the offset to read next
 */
public record Position(int incarnation, Optional<String> topicId, Map<Integer, Long> nextOffsets) {

    public Position {
        nextOffsets = Map.copyOf(nextOffsets);
    }

    /** This position with one partition moved on. */
    public Position with(int partition, long nextOffset) {
        Map<Integer, Long> moved = new TreeMap<>(nextOffsets);
        moved.put(partition, nextOffset);
        return new Position(incarnation, topicId, moved);
    }
}
