package whisktape.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.function.BinaryOperator;

/**
 * What the manifest and the Parquet footer say of one sealed segment.
 *
 * <p>Changes of the activations database have no offsets, and their update sequences no order; so whisktape numbers them
 * within each life of the database, from 1. These numbers are the offsets of a segment of the table {@code activations}.
 *
 * @param file its path within the recording; absent in the footer
 * @param table {@code events} or {@code activations}
 * @param incarnation which life of the topic or database
 * @param partition the Kafka partition; 0 in {@code activations}
 * @param fromOffset where reading stood when it began; the first event may be later, where Kafka's log has no record
 * @param nextOffset where reading goes on after it
 * @param nextUpdateSeq in {@code activations} the update sequence behind which reading goes on; null in {@code events}
 * @param counts of its rows
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
        String nextUpdateSeq,
        @JsonUnwrapped Counts counts,
        Long sizeBytes,
        String sha256) {

    public static final String EVENTS = "events";
    public static final String ACTIVATIONS = "activations";

    /**
     * What a segment's rows are; null where the table has no such rows.
     *
     * @param rows rows in the file
     * @param activations rows that are activation events, or records of activations
     * @param metrics rows that are metric events
     * @param unreadable rows of which nobody knows what they are
     * @param duplicates activation events whose id came shortly before in the recording already; documents that the server
     *     delivered again and that are therefore no rows
     * @param poison rows that OpenWhisk's own user-events service cannot get past
     * @param deleted rows that tell of a deletion, whatever else is left in them
     * @param designs rows that are design documents
     * @param fromTimeMs smallest Kafka timestamp, or event time where Kafka has none; of documents the smallest start. Null if
     *     no row has any
     * @param untilTimeMs largest one; of documents the largest end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Counts(
            long rows,
            long activations,
            Long metrics,
            long unreadable,
            long duplicates,
            Long poison,
            Long deleted,
            Long designs,
            Long fromTimeMs,
            Long untilTimeMs) {

        /** Of a segment without rows. */
        public static final Counts NONE = new Counts(0, 0, null, 0, 0, null, null, null, null, null);

        Counts and(Counts next) {
            return new Counts(
                    rows + next.rows,
                    activations + next.activations,
                    join(Long::sum, metrics, next.metrics),
                    unreadable + next.unreadable,
                    duplicates + next.duplicates,
                    join(Long::sum, poison, next.poison),
                    join(Long::sum, deleted, next.deleted),
                    join(Long::sum, designs, next.designs),
                    join(Math::min, fromTimeMs, next.fromTimeMs),
                    join(Math::max, untilTimeMs, next.untilTimeMs));
        }

        private static Long join(BinaryOperator<Long> operator, Long a, Long b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            return operator.apply(a, b);
        }
    }

    public long rows() {
        return counts.rows;
    }

    public long activations() {
        return counts.activations;
    }

    public long metrics() {
        return orNone(counts.metrics);
    }

    public long unreadable() {
        return counts.unreadable;
    }

    public long duplicates() {
        return counts.duplicates;
    }

    public long poison() {
        return orNone(counts.poison);
    }

    public long deleted() {
        return orNone(counts.deleted);
    }

    public long designs() {
        return orNone(counts.designs);
    }

    /** Null if no row has a time. */
    public Long fromTimeMs() {
        return counts.fromTimeMs;
    }

    /** Null if no row has a time. */
    public Long untilTimeMs() {
        return counts.untilTimeMs;
    }

    boolean isOf(Table of) {
        return of.text().equals(table);
    }

    /** This segment as a file on the disk. */
    Segment sealedAs(String file, long sizeBytes, String sha256) {
        return new Segment(
                file, table, incarnation, partition, fromOffset, nextOffset, nextUpdateSeq, counts, sizeBytes, sha256);
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
                next.nextUpdateSeq,
                counts.and(next.counts),
                null,
                null);
    }

    /** True if every offset of the other one is an offset of this one. */
    boolean covers(Segment other) {
        return samePartition(other) && fromOffset <= other.fromOffset && other.nextOffset <= nextOffset;
    }

    boolean samePartition(Segment other) {
        return table.equals(other.table) && incarnation == other.incarnation && partition == other.partition;
    }

    private static long orNone(Long count) {
        return count == null ? 0 : count;
    }
}
