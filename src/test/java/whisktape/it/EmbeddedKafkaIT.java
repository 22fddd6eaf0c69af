package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedKafka;

class EmbeddedKafkaIT {
    @TempDir
    Path folder;

    @Test
    void carriesWhatIsProducedToConsumers() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            kafka.createTopic("events", 2, Map.of("retention.ms", "3600000"));

            produce(kafka, 0, "one", "two");
            produce(kafka, 1, "three");

            assertThat(consume(kafka, 0, 2)).containsExactly("0 one", "1 two");
            assertThat(consume(kafka, 1, 1)).containsExactly("0 three");
        }
    }

    @Test
    void isTheSameClusterAfterARestart() {
        String clusterId;
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            kafka.createTopic("events", 1, Map.of());
            produce(kafka, 0, "before");
            clusterId = kafka.clusterId();
            port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, port)) {
            produce(kafka, 0, "after");

            assertThat(kafka.clusterId()).isEqualTo(clusterId);
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(consume(kafka, 0, 2)).containsExactly("0 before", "1 after");
        }
    }

    @Test
    void forgetsWhatIsDeleted() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            kafka.createTopic("events", 1, Map.of());
            produce(kafka, 0, "one", "two", "three");

            kafka.deleteRecordsBefore("events", 0, 2);
            assertThat(consume(kafka, 0, 1)).containsExactly("2 three");

            kafka.deleteTopic("events");
            kafka.createTopic("events", 1, Map.of());
            produce(kafka, 0, "new");
            assertThat(consume(kafka, 0, 1)).containsExactly("0 new");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessage("cannot listen at 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; stop what listens there or choose another port");
        }
    }

    @Test
    void failsWithASentenceInAFolderThatAnotherBrokerUses() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessage("cannot keep a Kafka broker's data in " + folder
                            + ": another broker is using it; stop that one or choose another folder");

            kafka.createTopic("events", 1, Map.of());
            produce(kafka, 0, "still here");
            assertThat(consume(kafka, 0, 1)).containsExactly("0 still here");
        }
    }

    @Test
    void failsWithASentenceWhereTheFolderIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedKafka.start(file, 0))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("cannot keep a Kafka broker's data in " + file);
    }

    @Test
    void leavesNoThreadBehindThatKeepsTheProcessAlive() {
        Set<Thread> before = nonDaemonThreads();

        EmbeddedKafka.start(folder, 0).close();

        // In this thread, because Awaitility's own is one that would count.
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(10))
                .until(() -> before.containsAll(nonDaemonThreads()));
    }

    private static Set<Thread> nonDaemonThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static void produce(EmbeddedKafka kafka, int partition, String... values) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("events", partition, null, value));
            }
        }
    }

    /** Reads this many messages from the start of the partition, each as its offset and its value. */
    private static List<String> consume(EmbeddedKafka kafka, int partition, int count) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> assigned = List.of(new TopicPartition("events", partition));
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                    read.add(message.offset() + " " + message.value());
                }
                return read.size() >= count;
            });
        }
        return read;
    }
}
