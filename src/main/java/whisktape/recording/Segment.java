package whisktape.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.BinaryOperator;

/**
 * What the manifest and the Parquet footer say of one sealed segment of the table {@code events}.
 *
 * @param file its path within the recording; absent in the footer
 * @param table {@code events}
 * @param incarnation which life of the topic
 * @param partition the Kafka partition
 * @param fromOffset where reading stood when it began; the first row may be later, where Kafka's log has no record
 * @param nextOffset where reading goes on after it
 * @param rows rows in the file
 * @param activations rows that are activation events
 * @param metrics rows that are metric events
 * @param unreadable rows that are neither
 * @param duplicates activation events whose id came shortly before in the recording already
 * @param poison rows that OpenWhisk's own user-events service cannot get past
 * @param fromTimeMs smallest Kafka timestamp, or event time where Kafka has none; null if no row has either
 * @param untilTimeMs largest one
 * @param sizeBytes length of the file; absent in the footer
 * @param sha256 checksum of the file; absent in the footer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Segment(
        String file,
        String table,
        int incarnation,
        int partition,
        long fromOffset,
        long nextOffset,
        long rows,
        long activations,
        long metrics,
        long unreadable,
        long duplicates,
        long poison,
        Long fromTimeMs,
        Long untilTimeMs,
        Long sizeBytes,
        String sha256) {

    public static final String EVENTS = "events";

    /** This segment as a file on the disk. */
    Segment sealedAs(String file, long sizeBytes, String sha256) {
        return new Segment(
                file,
                table,
                incarnation,
                partition,
                fromOffset,
                nextOffset,
                rows,
                activations,
                metrics,
                unreadable,
                duplicates,
                poison,
                fromTimeMs,
                untilTimeMs,
                sizeBytes,
                sha256);
    }

    /** One segment with the rows of this one and of the one that continues it. */
    Segment and(Segment next) {
        return new Segment(
                null,
                table,
                incarnation,
                partition,
                fromOffset,
                next.nextOffset,
                rows + next.rows,
                activations + next.activations,
                metrics + next.metrics,
                unreadable + next.unreadable,
                duplicates + next.duplicates,
                poison + next.poison,
                pick(Math::min, fromTimeMs, next.fromTimeMs),
                pick(Math::max, untilTimeMs, next.untilTimeMs),
                null,
                null);
    }

    private static Long pick(BinaryOperator<Long> better, Long a, Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return better.apply(a, b);
    }

    /** True if every offset of the other one is an offset of this one. */
    boolean covers(Segment other) {
        return samePartition(other) && fromOffset <= other.fromOffset && other.nextOffset <= nextOffset;
    }

    boolean samePartition(Segment other) {
        return incarnation == other.incarnation && partition == other.partition;
    }
}
