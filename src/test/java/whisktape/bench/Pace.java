package whisktape.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import whisktape.source.SourceSettings;

/**
 * How well one paced replay kept its pace: by its own account, and by the broker's, which stamps each message when it comes.
 *
 * @param p50Ms of the lateness that replay reports, in milliseconds
 * @param p99Ms of the same
 * @param maxMs of the same
 * @param brokerP50Ms how much later an event came to the broker, against its due time, than the promptest hundredth did
 * @param brokerP99Ms of the same
 * @param early events that came sooner than those
 */
record Pace(double p50Ms, double p99Ms, double maxMs, long brokerP50Ms, long brokerP99Ms, long early) {
    /** The broker's stamps and the recorded times are whole milliseconds, so their differences are off by up to one. */
    private static final long GRANULARITY_MS = 1;

    /** From what replay printed, the stamps in the topic it replayed into, and the recorded times. */
    static Pace of(JsonNode printed, List<Long> stampsMs, List<Long> recordedMs) {
        long[] delays = new long[recordedMs.size()];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = stampsMs.get(i) - recordedMs.get(i);
        }
        Arrays.sort(delays);
        // When replay began the broker does not know; the promptest events tell, which a single early one cannot hide
        // among.
        long prompt = delays[delays.length / 100];
        JsonNode lateness = printed.get("lateness_ms");
        return new Pace(
                lateness.get("p50").asDouble(),
                lateness.get("p99").asDouble(),
                lateness.get("max").asDouble(),
                delays[delays.length / 2] - prompt,
                delays[(int) (delays.length * 0.99)] - prompt,
                Arrays.stream(delays)
                        .filter(delay -> delay < prompt - GRANULARITY_MS)
                        .count());
    }

    /** The broker's stamps of so many messages of a topic. */
    static List<Long> stampsMs(String bootstrapServers, String topic, int count) {
        List<Long> stamps = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                SourceSettings.consumer(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (stamps.size() < count) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    stamps.add(message.timestamp());
                }
            }
        }
        return stamps;
    }
}
