package whisktape.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import whisktape.WhisktapeException;

/** The topic that events are replayed into, and the cluster it is in. Only {@link #create} changes anything there. */
public final class KafkaTarget implements AutoCloseable {
    /** With what the JVM takes to start, an unreachable broker is told within ten seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final String bootstrapServers;
    private final String topic;
    private final Map<String, Object> client;
    private final Admin admin;
    private String clusterId;
    private OptionalInt partitions;
    private Map<String, String> topicSettings = Map.of();

    private KafkaTarget(String bootstrapServers, String topic, Map<String, Object> client) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.client = client;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.admin = explained(() -> Admin.create(settings));
    }

    /**
     * Connects to the cluster and looks at the topic.
     *
     * @param client further Kafka client properties, for example for TLS and SASL
     * @throws WhisktapeException where nobody answers
     */
    public static KafkaTarget connect(String bootstrapServers, String topic, Map<String, Object> client) {
        KafkaTarget target = new KafkaTarget(bootstrapServers, topic, client);
        try {
            target.clusterId = target.await(target.admin.describeCluster().clusterId());
            target.partitions = target.describe();
            if (target.partitions.isPresent()) {
                target.topicSettings = target.describeSettings();
            }
            return target;
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    public String clusterId() {
        return clusterId;
    }

    /** How many partitions the topic has; empty if there is no such topic. */
    public OptionalInt partitions() {
        return partitions;
    }

    /** How many offsets each partition holds, without those that hold none. */
    SortedMap<Integer, Long> filledPartitions() {
        Map<Integer, Long> begin = offsets(OffsetSpec.earliest());
        SortedMap<Integer, Long> filled = new TreeMap<>();
        offsets(OffsetSpec.latest()).forEach((partition, end) -> {
            if (begin.get(partition) < end) {
                filled.put(partition, end - begin.get(partition));
            }
        });
        return filled;
    }

    /** One of the topic's settings; empty if there is no such topic, or this user may not see it. */
    Optional<String> setting(String name) {
        return Optional.ofNullable(topicSettings.get(name));
    }

    /** Creates the topic. It keeps what it is sent, timestamps too, however old the recording is. */
    void create(int partitions) {
        Map<String, String> settings = Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime",
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                "-1",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaEventPublisher.MEMORY_BYTES));
        try {
            create(new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings));
        } catch (UnsupportedVersionException e) {
            // Brokers before 2.4 have no default of their own for the replication factor.
            create(new NewTopic(topic, partitions, (short) 1).configs(settings));
        }
        this.partitions = OptionalInt.of(partitions);
        this.topicSettings = settings;
    }

    /** A publisher into the topic, which must be there; connected, so that the first event need not wait for it. */
    public EventPublisher publisher(Speed speed) {
        int largest = setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .map(Integer::parseInt)
                .orElse(KafkaEventPublisher.SMALL_BATCH_BYTES);
        Producer<byte[], byte[]> producer = explained(
                () -> new KafkaProducer<>(KafkaEventPublisher.settings(bootstrapServers, client, speed, largest)));
        try {
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw KafkaFailure.explain(this, e);
        }
        return new KafkaEventPublisher(producer, topic, partitions.orElseThrow());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /** For sentences: {@code topic events at localhost:9092}. */
    @Override
    public String toString() {
        return "topic " + topic + " at " + bootstrapServers;
    }

    private OptionalInt describe() {
        try {
            return OptionalInt.of(answer(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .partitions()
                    .size());
        } catch (UnknownTopicOrPartitionException e) {
            return OptionalInt.empty();
        } catch (KafkaException e) {
            throw KafkaFailure.explain(this, e);
        }
    }

    private Map<String, String> describeSettings() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<String, String> settings = new HashMap<>();
            answer(admin.describeConfigs(List.of(resource)).values().get(resource))
                    .entries()
                    .forEach(entry -> settings.put(entry.name(), entry.value()));
            return settings;
        } catch (AuthorizationException e) {
            // To see the settings is a right of its own; without it we only cannot warn.
            return Map.of();
        } catch (KafkaException e) {
            throw KafkaFailure.explain(this, e);
        }
    }

    private void create(NewTopic newTopic) {
        try {
            answer(admin.createTopics(List.of(newTopic)).all());
        } catch (UnsupportedVersionException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailure.explain(this, e);
        }
    }

    private Map<Integer, Long> offsets(OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions.orElseThrow())
                .boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), partition -> which));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await(admin.listOffsets(asked).all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return answer(future);
        } catch (KafkaException e) {
            throw KafkaFailure.explain(this, e);
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private <T> T explained(Supplier<T> makingClient) {
        try {
            return makingClient.get();
        } catch (KafkaException e) {
            throw KafkaFailure.explain(this, e);
        }
    }
}
