package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lab} as a process of its own, because how it ends is a matter of signals. */
class LabIT {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void servesTheTopicAsOpenWhiskMakesItUntilSigterm() throws Exception {
        Process lab = lab("--kafka-port", "0");
        String address = address();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "events");
            var config = admin.describeConfigs(List.of(topic))
                    .all()
                    .get(20, TimeUnit.SECONDS)
                    .get(topic);
            assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value()).isEqualTo("3600000");
            assertThat(config.get(TopicConfig.RETENTION_BYTES_CONFIG).value()).isEqualTo("1073741824");
            assertThat(config.get(TopicConfig.SEGMENT_BYTES_CONFIG).value()).isEqualTo("536870912");
            assertThat(admin.describeTopics(List.of("events"))
                            .allTopicNames()
                            .get(20, TimeUnit.SECONDS)
                            .get("events")
                            .partitions())
                    .hasSize(1);
        }
        lab.destroy();

        assertThat(lab.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lab.exitValue()).isZero();
        assertThat(out()).isEqualTo("kafka " + address + "\n");
        assertThat(err()).isEqualTo("topic events is there; Ctrl-C ends the lab\n");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.toString().contains("whisktape")))
                    .isEmpty();
        }
    }

    @Test
    void goesOnWithWhatItKept() throws Exception {
        Path data = folder.resolve("data");
        Process first = lab("--kafka-port", "0", "-o", data.toString());
        String clusterId = clusterId(address());
        first.destroy();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Process second = lab("--kafka-port", "0", "-o", data.toString());

        assertThat(clusterId(address())).isEqualTo(clusterId);
        second.destroy();
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
    }

    @Test
    void failsWithOneSentenceWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process lab = lab("--kafka-port", Integer.toString(taken.getLocalPort()));

            assertThat(lab.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lab.exitValue()).isEqualTo(1);
            assertThat(out()).isEmpty();
            assertThat(err())
                    .isEqualTo("whisktape lab: cannot listen at 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; stop what listens there or choose another port\n");
        }
    }

    @Test
    void endsWithASentenceWhenTheBrokerCannotWrite() throws Exception {
        // No file may grow beyond 12 MiB, which is what a full disk looks like to a broker.
        Process lab = start(List.of("sh", "-c", "ulimit -f 24576; exec \"$@\"", "sh"), "--kafka-port", "0");
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                address(),
                "delivery.timeout.ms",
                2_000,
                "request.timeout.ms",
                1_000,
                "linger.ms",
                0);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 20; i++) {
                producer.send(new ProducerRecord<>("events", new byte[900_000]));
            }

            assertThat(lab.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(lab.exitValue()).isEqualTo(1);
        assertThat(err())
                .contains("File too large")
                .endsWith("whisktape lab: the broker gave up, as it says above; if its disk is full, free some room or"
                        + " name a folder on another one with -o\n");
    }

    private Process lab(String... args) throws IOException {
        return start(List.of(), args);
    }

    private Process start(List<String> through, String... args) throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                "whisktape.cli.Main",
                "lab"));
        command.addAll(List.of(args));
        Process lab = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(lab);
        return lab;
    }

    private String address() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(this::out, text -> text.endsWith("\n"))
                .substring("kafka ".length())
                .strip();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static String clusterId(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }
}
