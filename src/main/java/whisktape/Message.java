package whisktape;

import java.util.List;

/**
 * One message of the events topic exactly as Kafka delivered it: the verbatim layer, all that replay needs.
 *
 * @param incarnation which life of the topic it belongs to: 1, and one more each time the topic was deleted and made again
 * @param partition the Kafka partition, from 0
 * @param offset the Kafka offset within that partition and incarnation
 * @param timestampMs the Kafka timestamp, epoch milliseconds; -1 where there is none
 * @param timestampType who set the Kafka timestamp
 * @param recordedAtMs when whisktape received it, epoch milliseconds of its own clock
 * @param key the key's bytes, or null as OpenWhisk sends it
 * @param value the value's bytes, or null for a tombstone
 * @param headers in the order of the message; empty as OpenWhisk sends it
 */
public record Message(
        int incarnation,
        int partition,
        long offset,
        long timestampMs,
        TimestampType timestampType,
        long recordedAtMs,
        byte[] key,
        byte[] value,
        List<Header> headers) {

    /** The timestamp of a message that has none, as Kafka writes it. */
    public static final long NO_TIMESTAMP = -1;

    /** What a message costs in memory beside its bytes, roughly; for bounds, not for accounts. */
    private static final int OVERHEAD_BYTES = 200;

    /** Who set a Kafka timestamp. The names are the values of the column {@code kafka_timestamp_type}. */
    public enum TimestampType {
        NONE,
        CREATE,
        APPEND
    }

    /**
     * One Kafka header.
     *
     * @param key its name
     * @param value its bytes, or null
     */
    public record Header(String key, byte[] value) {}

    /** Roughly the bytes that this message holds in memory. */
    public long sizeBytes() {
        long size = OVERHEAD_BYTES + length(key) + length(value);
        for (Header header : headers) {
            size += OVERHEAD_BYTES + 2L * header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
