package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;

class DoctorIT {
    @TempDir
    private static Path temp;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(temp, 0);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void namesTopicsThatCouldBeMeant() {
        kafka.createTopic("prod-events", 1, Map.of());

        CommandRun run = doctor("not-there");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("ok    kafka           cluster " + kafka.clusterId() + " answers at ")
                .contains("\nfail  topic           there is no topic not-there; one of these could be meant: ")
                .contains("prod-events")
                .contains("kafka_topics_prefix");
        assertThat(kafka.topics()).doesNotContain("not-there");
    }

    @Test
    void saysHowToSwitchEventsOnWhereTheTopicIsEmpty() {
        kafka.createTopic("empty", 2, Map.of());

        CommandRun run = doctor("empty");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\nok    partitions      2; ")
                .contains("\nfail  user events     no event was ever sent to empty")
                .contains("ansible: user_events_enabled: true; helm: metrics.userMetricsEnabled: true; compose:"
                        + " CONFIG_whisk_userEvents_enabled=true")
                .endsWith("standalone: --user-events\n");
    }

    /** Its clients wait for a minute before they close, unless they are told not to. */
    @Test
    @Timeout(40)
    void givesUpOnAServerThatTakesConnectionsAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            CommandRun run = CommandRun.of("doctor", "--kafka", "127.0.0.1:" + silent.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .startsWith("fail  kafka           cannot read")
                    .contains("no answer in 10 s");
        }
    }

    @Test
    void warnsOfEventsThatAreSoonGone() {
        kafka.createTopic("short", 1, Map.of("retention.ms", "120000"));

        assertThat(doctor("short").out())
                .contains("\nwarn  retention       Kafka keeps 2 min")
                .contains("whisk.kafka.topics.events.retentionMs");
    }

    @Test
    void isContentWhereEventsFlow() throws Exception {
        kafka.createTopic("flowing", 1, Map.of());
        try (Topic topic = new Topic(kafka, "flowing")) {
            for (String source : List.of("invoker1", "controller0")) {
                String event = Topic.event(1).replace("invoker1", source);
                topic.send(new ProducerRecord<>("flowing", event.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }

        CommandRun run = doctor("flowing");

        assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok "));
        assertThat(run.out())
                .contains(
                        "\nok    user events     the newest 2 messages are of 1 controllers, 1 invokers, 0 schedulers\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void saysThatAllEventsAreGone() throws Exception {
        kafka.createTopic("gone", 1, Map.of());
        try (Topic topic = new Topic(kafka, "gone")) {
            topic.fill(0, 3);
        }
        kafka.deleteRecordsBefore("gone", 0, 3);

        CommandRun run = doctor("gone");

        assertThat(run.out()).contains("\nwarn  user events     all 3 events ever sent are gone");
        assertThat(run.exitCode()).isZero();
    }

    private static CommandRun doctor(String topic) {
        return CommandRun.of("doctor", "--kafka", kafka.bootstrapServers(), "--topic", topic);
    }
}
