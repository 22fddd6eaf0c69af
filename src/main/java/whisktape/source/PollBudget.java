package whisktape.source;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bounds what one poll returns by bytes, which Kafka bounds by count only: a compressed batch of a megabyte can unpack to any
 * number of large messages. The consumer answers a failed deserialization by returning what it has and trying the same
 * message again at the next poll.
 */
final class PollBudget implements Deserializer<ByteBuffer> {
    private final long budgetBytes;
    private long usedBytes;

    PollBudget(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** To be called before each poll; its first message is always within the budget. */
    void renew() {
        usedBytes = 0;
    }

    @Override
    public ByteBuffer deserialize(String topic, byte[] data) {
        return data == null ? null : ByteBuffer.wrap(data);
    }

    /** Nothing is copied: of most values only the parts are kept. */
    @Override
    public ByteBuffer deserialize(String topic, Headers headers, ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (usedBytes > 0 && usedBytes + data.remaining() > budgetBytes) {
            throw new SerializationException(
                    "this poll has returned its " + budgetBytes + " bytes; the rest comes next");
        }
        usedBytes += data.remaining();
        return data;
    }
}
