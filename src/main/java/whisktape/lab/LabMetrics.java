package whisktape.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import whisktape.metrics.Labelling;
import whisktape.metrics.MetricsEndpoint;
import whisktape.metrics.UserEventMetrics;

/**
 * Stands in for OpenWhisk's user-events service: counts all that is in a lab's topic, from its beginning, and serves the metrics.
 *
 * <p>Unlike the service it keeps no place in the topic and counts nothing twice, and what would stop the service only counts as poison.
 */
public final class LabMetrics implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final String LAG = "records-lag-max";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final UserEventMetrics metrics;
    private final MetricsEndpoint endpoint;
    private final Thread thread = new Thread(this::countAll, "whisktape-user-events");
    private final Consumer<RuntimeException> whenItFails;

    private LabMetrics(
            KafkaConsumer<byte[], byte[]> consumer,
            UserEventMetrics metrics,
            MetricsEndpoint endpoint,
            Consumer<RuntimeException> whenItFails) {
        this.consumer = consumer;
        this.metrics = metrics;
        this.endpoint = endpoint;
        this.whenItFails = whenItFails;
        thread.setDaemon(true);
    }

    /**
     * Starts one.
     *
     * @param port where it serves; a free one for 0
     * @param whenItFails told, on its thread, why it cannot go on
     */
    public static LabMetrics start(Lab lab, Labelling labelling, int port, Consumer<RuntimeException> whenItFails) {
        UserEventMetrics metrics = new UserEventMetrics(labelling);
        MetricsEndpoint endpoint = MetricsEndpoint.start(metrics, port);
        try {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings(lab), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            LabMetrics started = new LabMetrics(consumer, metrics, endpoint, whenItFails);
            started.thread.start();
            return started;
        } catch (RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    /** {@code http://127.0.0.1:9095/metrics}. */
    public String url() {
        return endpoint.url();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endpoint.close();
    }

    private void countAll() {
        try (consumer) {
            consumer.subscribe(List.of(Lab.TOPIC));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    metrics.count(message.value());
                }
                metrics.setLag(lag());
            }
        } catch (WakeupException e) {
            // Closed.
            return;
        } catch (RuntimeException e) {
            whenItFails.accept(e);
        }
    }

    /** Kafka's own figure, which user-events shows too; 0 while it is unknown. */
    private long lag() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(LAG)
                        && !metric.getKey().tags().containsKey("partition"))
                .mapToLong(metric -> Math.max(0, ((Double) metric.getValue().metricValue()).longValue()))
                .findAny()
                .orElse(0);
    }

    private static Map<String, Object> settings(Lab lab) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, lab.kafka().bootstrapServers(),
                // A group of its own each time, so that it begins at the beginning and shares with nobody.
                ConsumerConfig.GROUP_ID_CONFIG, "whisktape-lab-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                // New partitions, and a topic that was made anew, are noticed within a second.
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, "1000");
    }
}
