package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;

class OddMessagesIT {
    @TempDir
    private Path temp;

    @Test
    void comeBackOutOfAReplayByteForByte() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("broker"), 0)) {
            kafka.createTopic("events", 1, Map.of("max.message.bytes", "2000000"));
            kafka.createTopic("again", 1, Map.of("max.message.bytes", "2000000"));
            send(kafka);
            String folder = temp.resolve("recording").toString();

            CommandRun recorded = CommandRun.of(
                    "record",
                    "--kafka",
                    kafka.bootstrapServers(),
                    "-o",
                    folder,
                    "--from",
                    "earliest",
                    "--until-idle",
                    "0ms");
            assertThat(recorded.exitCode()).as(recorded.err()).isZero();
            CommandRun verified = CommandRun.of("verify", folder);
            assertThat(verified.exitCode()).as("unreadable rows are reported").isEqualTo(3);
            assertThat(verified.out()).contains("events are unreadable");
            CommandRun queried = CommandRun.of(
                    "analyze",
                    folder,
                    "--format",
                    "csv",
                    "--sql",
                    "select count(*) as rows, count(duration_ms) as typed, count(event_time) as timed from events");
            assertThat(queried.out())
                    .isEqualTo("rows,typed,timed\n" + OddMessages.all().size() + ",32,40\n");
            CommandRun replayed = CommandRun.of(
                    "replay",
                    folder,
                    "--to",
                    kafka.bootstrapServers(),
                    "--topic",
                    "again",
                    "--speed",
                    "max",
                    "--force",
                    "--allow-poison");
            assertThat(replayed.exitCode()).as(replayed.err()).isZero();

            List<String> before = consume(kafka, "events");
            assertThat(before).hasSize(OddMessages.all().size());
            assertThat(consume(kafka, "again")).isEqualTo(before);
        }
    }

    private static void send(EmbeddedKafka kafka) throws Exception {
        try (Topic events = new Topic(kafka, "events")) {
            for (OddMessages.Odd odd : OddMessages.all().values()) {
                List<Header> headers = new ArrayList<>();
                for (Message.Header header : odd.headers()) {
                    headers.add(new RecordHeader(header.key(), header.value()));
                }
                events.send(new ProducerRecord<>("events", 0, 1_795_427_079_834L, odd.key(), odd.value(), headers))
                        .get();
            }
        }
    }

    /** All there is to a message but its place, as text that can be compared. */
    private static List<String> consume(EmbeddedKafka kafka, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
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
