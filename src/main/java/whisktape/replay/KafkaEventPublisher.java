package whisktape.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import whisktape.Message;

/** Publishes with an idempotent producer, which keeps the order of each partition through every retry. */
final class KafkaEventPublisher implements EventPublisher {
    private static final List<Class<? extends KafkaException>> HOPELESS = List.of(
            TimeoutException.class,
            AuthenticationException.class,
            AuthorizationException.class,
            InvalidTopicException.class,
            UnknownTopicOrPartitionException.class,
            UnsupportedVersionException.class);

    /** Many times what a broker takes by default, and all that the producer holds. */
    static final int MEMORY_BYTES = 16 << 20;

    /** A batch that any topic takes. */
    static final int SMALL_BATCH_BYTES = 16 << 10;

    /** Below half of a region of the garbage collector's: it handles larger arrays one by one. */
    private static final int FULL_SPEED_BATCH_BYTES = 256 << 10;

    private static final int PACED_BATCH_BYTES = 64 << 10;
    private static final int FULL_SPEED_LINGER_MS = 5;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;

    KafkaEventPublisher(Producer<byte[], byte[]> producer, String topic, int partitions) {
        this.producer = producer;
        this.topic = topic;
        this.partitions = partitions;
    }

    /**
     * The producer's settings: ours where correctness hangs on them, else the user's before ours.
     *
     * @param largestBatchBytes what the topic takes at once. The producer splits a larger batch into batches of its own limit
     *     and tries those: with a limit above the topic's it would do so for ever.
     */
    static Map<String, Object> settings(
            String bootstrapServers, Map<String, Object> users, Speed speed, int largestBatchBytes) {
        int batchBytes = speed.isMax() ? FULL_SPEED_BATCH_BYTES : PACED_BATCH_BYTES;
        Map<String, Object> settings = new HashMap<>();
        // Full batches at full speed; at a pace nothing waits for company.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, speed.isMax() ? FULL_SPEED_LINGER_MS : 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(batchBytes, largestBatchBytes));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MEMORY_BYTES);
        // What was recorded fitted into a topic; the producer's own limit of 1 MiB is not that topic's.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MEMORY_BYTES);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "whisktape-replay");
        settings.putAll(users);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        // A transaction would hide the events until its end.
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }

    @Override
    public void publish(Message message, Deliveries deliveries) {
        // The callback outlives the message: it keeps two numbers and not the bytes.
        int partition = message.partition();
        long offset = message.offset();
        Callback callback = (metadata, failure) -> {
            if (failure == null) {
                deliveries.acknowledge();
            } else {
                deliveries.fail(partition, offset, failure.getMessage(), isHopeless(failure));
            }
        };
        try {
            producer.send(record(message), callback);
        } catch (KafkaException e) {
            // What send throws, instead of telling the callback, is about the producer and not about this record.
            deliveries.fail(partition, offset, e.getMessage(), true);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private ProducerRecord<byte[], byte[]> record(Message message) {
        ProducerRecord<byte[], byte[]> producerRecord = new ProducerRecord<>(
                topic,
                message.partition() % partitions,
                message.timestampMs() < 0 ? null : (Long) message.timestampMs(),
                message.key(),
                message.value());
        for (Message.Header header : message.headers()) {
            producerRecord.headers().add(new RecordHeader(header.key(), header.value()));
        }
        return producerRecord;
    }

    private static boolean isHopeless(Exception failure) {
        return HOPELESS.stream().anyMatch(type -> type.isInstance(failure));
    }
}
