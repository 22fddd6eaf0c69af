package whisktape.source;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import whisktape.Message;

/** One topic through a Kafka consumer: partitions by number, everything assigned and sought by hand. */
final class TopicConsumer implements AutoCloseable {
    private static final long POLL_BYTES = 4L << 20;
    private static final int POLL_MESSAGES = 1_000;
    private static final int FETCH_BYTES = 16 << 20;
    private static final int FETCH_BYTES_PER_PARTITION = 4 << 20;

    /** Never the group of user-events, {@code kamon}, nor any other: these keys of a user's file do not count. */
    private static final Set<String> NOT_FOR_USERS =
            Set.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

    private final String topic;
    private final Duration patience;
    private final PollBudget budget = new PollBudget(POLL_BYTES);
    private final Consumer<byte[], ByteBuffer> consumer;

    TopicConsumer(KafkaSettings settings, Duration patience) {
        this.topic = settings.topic();
        this.patience = patience;
        this.consumer = new KafkaConsumer<>(config(settings), new ByteArrayDeserializer(), budget);
    }

    /** What every Kafka client of a source begins with. */
    static Map<String, Object> connection(KafkaSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.keySet().removeAll(NOT_FOR_USERS);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "whisktape");
        return config;
    }

    /** The partitions being read. */
    Set<Integer> partitions() {
        Set<Integer> partitions = new TreeSet<>();
        consumer.assignment().forEach(partition -> partitions.add(partition.partition()));
        return partitions;
    }

    /** Reads these partitions from these offsets, and those it read already from where they are. */
    void read(Map<Integer, Long> offsets) {
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        offsets.keySet().forEach(partition -> all.add(named(partition)));
        consumer.assign(all);
        offsets.forEach((partition, offset) -> consumer.seek(named(partition), offset));
    }

    /** Forgets which partitions were read. */
    void readNothing() {
        consumer.assign(List.of());
    }

    /** The next messages, in a bounded number of bytes. Whoever keeps a value keeps all that was fetched with it. */
    ConsumerRecords<byte[], ByteBuffer> poll(Duration atMost) {
        if (consumer.assignment().isEmpty()) {
            // A topic that was made anew may have none of those that this recorder is to read.
            LockSupport.parkNanos(atMost.toNanos());
            return ConsumerRecords.empty();
        }
        budget.renew();
        return consumer.poll(atMost);
    }

    /** The next messages, all of this incarnation, each with bytes of its own. */
    List<Message> messages(Duration atMost, int incarnation) {
        ConsumerRecords<byte[], ByteBuffer> polled = poll(atMost);
        long now = System.currentTimeMillis();
        List<Message> messages = new ArrayList<>();
        polled.forEach(record -> messages.add(message(record, incarnation, now)));
        return messages;
    }

    long position(int partition) {
        return consumer.position(named(partition), patience);
    }

    long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    Map<Integer, Long> firstOffsets(Collection<Integer> partitions) {
        return numbered(consumer.beginningOffsets(named(partitions), patience));
    }

    Map<Integer, Long> endOffsets(Collection<Integer> partitions) {
        return numbered(consumer.endOffsets(named(partitions), patience));
    }

    /** Where these partitions stand at that point; at the end where nothing came since. */
    Map<Integer, Long> offsetsAt(StartAt at, List<Integer> all) {
        if (at instanceof StartAt.Earliest) {
            return firstOffsets(all);
        }
        Map<Integer, Long> offsets = endOffsets(all);
        if (at instanceof StartAt.At time) {
            Map<TopicPartition, Long> asked = new HashMap<>();
            named(all).forEach(partition -> asked.put(partition, time.time().toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked, patience);
            found.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition.partition(), offset.offset());
                }
            });
        }
        return offsets;
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(1));
    }

    static Message message(ConsumerRecord<byte[], ByteBuffer> record, int incarnation, long now) {
        return new Message(
                incarnation,
                record.partition(),
                record.offset(),
                record.timestamp(),
                timestampType(record.timestampType()),
                now,
                record.key(),
                copy(record.value()),
                headers(record));
    }

    /** Null of null. */
    private static byte[] copy(ByteBuffer value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }

    static Message.TimestampType timestampType(TimestampType type) {
        return switch (type) {
            case CREATE_TIME -> Message.TimestampType.CREATE;
            case LOG_APPEND_TIME -> Message.TimestampType.APPEND;
            case NO_TIMESTAMP_TYPE -> Message.TimestampType.NONE;
        };
    }

    private static List<Message.Header> headers(ConsumerRecord<byte[], ByteBuffer> record) {
        Header[] headers = record.headers().toArray();
        if (headers.length == 0) {
            return List.of();
        }
        List<Message.Header> copies = new ArrayList<>();
        for (Header header : headers) {
            copies.add(new Message.Header(header.key(), header.value()));
        }
        return copies;
    }

    private TopicPartition named(int partition) {
        return new TopicPartition(topic, partition);
    }

    private List<TopicPartition> named(Collection<Integer> partitions) {
        return partitions.stream().map(this::named).toList();
    }

    private static Map<Integer, Long> numbered(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> result = new TreeMap<>();
        offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
        return result;
    }

    static Map<String, Object> config(KafkaSettings settings) {
        Map<String, Object> config = connection(settings);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where to go on is for us to decide, and to note as a gap.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // Asking for a topic must not create it with the broker's defaults.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_MESSAGES);
        // As the system sees fit: the client's own 64 KiB make a hundred small reads of one fetch.
        config.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_PER_PARTITION);
        return config;
    }
}
