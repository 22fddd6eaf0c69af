package whisktape.bench;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import whisktape.source.SourceSettings;

/** What {@code record} is compared with: a consumer with the same settings that polls and does nothing else. */
final class RawConsumer {
    private RawConsumer() {}

    /** Takes address, topic and the number of events; prints the seconds from the first to the last, and their bytes. */
    public static void main(String[] args) {
        long events = Long.parseLong(args[2]);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                SourceSettings.consumer(args[0]), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(args[1], 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            consumer.position(all.get(0));
            long start = System.nanoTime();
            long read = 0;
            long bytes = 0;
            while (read < events) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    read++;
                    bytes += message.value().length;
                }
            }
            System.out.println((System.nanoTime() - start) / 1e9 + " " + bytes);
        }
    }
}
