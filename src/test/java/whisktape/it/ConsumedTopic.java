package whisktape.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic of one partition holds. */
final class ConsumedTopic {
    private ConsumedTopic() {}

    /** All there is to a message but its place, as text that can be compared. */
    static List<String> messages(String bootstrapServers, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    messages.add(text(message));
                }
            }
        }
        return messages;
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        StringBuilder text = new StringBuilder()
                .append(message.timestampType())
                .append(message.timestamp())
                .append(' ')
                .append(hex(message.key()))
                .append(' ')
                .append(hex(message.value()));
        for (Header header : message.headers()) {
            text.append(' ').append(header.key()).append('=').append(hex(header.value()));
        }
        return text.toString();
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "null" : "'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
