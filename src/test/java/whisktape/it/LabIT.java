package whisktape.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;

/** {@code lab} as a process of its own, because how it ends is a matter of signals. */
class LabIT {
    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void servesTheTopicAsOpenWhiskMakesItUntilSigterm() throws Exception {
        try (WhisktapeProcess lab = lab("--kafka-port", "0")) {
            String address = address(lab);

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
                ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "events");
                var config = admin.describeConfigs(List.of(topic))
                        .all()
                        .get(20, TimeUnit.SECONDS)
                        .get(topic);
                assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value()).isEqualTo("3600000");
                assertThat(config.get(TopicConfig.RETENTION_BYTES_CONFIG).value())
                        .isEqualTo("1073741824");
                assertThat(config.get(TopicConfig.SEGMENT_BYTES_CONFIG).value()).isEqualTo("536870912");
                assertThat(admin.describeTopics(List.of("events"))
                                .allTopicNames()
                                .get(20, TimeUnit.SECONDS)
                                .get("events")
                                .partitions())
                        .hasSize(1);
            }
            String database = printed(lab, "couchdb");
            assertThat(database).matches("http://127.0.0.1:\\d+/whisk_local_activations");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(database)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"doc_count\":0");
            String metrics = printed(lab, "metrics");
            lab.stop();

            assertThat(lab.exitCode()).isZero();
            assertThat(lab.out())
                    .isEqualTo("kafka " + address + "\ncouchdb " + database + "\nmetrics " + metrics + "\n");
            assertThat(lab.err())
                    .isEqualTo("topic events and database whisk_local_activations are there; Ctrl-C ends the lab\n");
            assertThat(temporary.toFile().list()).noneMatch(name -> name.contains("whisktape"));
        }
    }

    @Test
    void playsASimulationIntoBothAndSaysWhatWasPlanted() throws Exception {
        Path recording = folder.resolve("recording");
        try (WhisktapeProcess lab = lab("--kafka-port", "0", "--simulate", "--speed", "50", "--seed", "7")) {
            CommandRun run = CommandRun.of(
                    "record",
                    "--kafka",
                    address(lab),
                    "--couchdb",
                    printed(lab, "couchdb"),
                    "-o",
                    recording.toString(),
                    "--from",
                    "earliest",
                    "--for",
                    "3s");
            assertThat(run.exitCode()).as(run.err()).isZero();
            lab.stop();

            assertThat(lab.exitCode()).as(lab.err()).isZero();
            assertThat(lab.err()).contains("\nplanted R07 slow invoker, invoker5: ");
        }
        CommandRun counted = CommandRun.of(
                "analyze",
                recording.toString(),
                "--format",
                "csv",
                "--sql",
                "SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE found_in = 'both') > 500 AS both,"
                        + " count(*) FILTER (WHERE quality IS NOT NULL) AS doubtful FROM invocations");
        assertThat(counted.out()).isEqualTo("many,both,doubtful\ntrue,true,0\n");
    }

    @Test
    void tellsInvokersAndColdStartsApartWithImproved() throws Exception {
        try (WhisktapeProcess lab = lab("--kafka-port", "0", "--improved")) {
            URI metrics = URI.create(printed(lab, "metrics"));
            CommandRun run = CommandRun.of(
                    "replay", "recordings/sample", "--to", address(lab), "--speed", "max", "--rebase", "now");
            assertThat(run.exitCode()).as(run.err()).isZero();

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (var in = metrics.toURL().openStream()) {
                    assertThat(new String(in.readAllBytes(), UTF_8))
                            .contains("invoker=\"invoker0\",cold=\"true\"", "invoker=\"invoker1\",cold=\"false\"");
                }
            });
        }
    }

    @Test
    void goesOnWithWhatItKept() throws Exception {
        String data = folder.resolve("data").toString();
        String clusterId;
        try (WhisktapeProcess first = lab("--kafka-port", "0", "-o", data)) {
            clusterId = clusterId(address(first));
            first.stop();
            assertThat(first.exitCode()).isZero();
        }

        try (WhisktapeProcess second = lab("--kafka-port", "0", "-o", data)) {
            assertThat(clusterId(address(second))).isEqualTo(clusterId);
        }
    }

    @Test
    void failsWithOneSentenceWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                WhisktapeProcess lab = lab("--kafka-port", Integer.toString(taken.getLocalPort()))) {
            assertThat(lab.exitCode()).isEqualTo(1);
            assertThat(lab.out()).isEmpty();
            assertThat(lab.err())
                    .isEqualTo("whisktape lab: cannot listen at 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; stop what listens there or choose another port\n");
        }
    }

    @Test
    void endsWithASentenceWhenTheBrokerCannotWrite() throws Exception {
        // No file may grow beyond 12 MiB, which is what a full disk looks like to a broker.
        try (WhisktapeProcess lab =
                lab(List.of("sh", "-c", "ulimit -f 24576; exec \"$@\"", "sh"), "--kafka-port", "0")) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", address(lab), "delivery.timeout.ms", 2_000, "request.timeout.ms", 1_000);
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < 20; i++) {
                    producer.send(new ProducerRecord<>("events", new byte[900_000]));
                }

                assertThat(lab.exitCode()).isEqualTo(1);
            }
            assertThat(lab.err())
                    .contains("File too large")
                    .endsWith("whisktape lab: the broker gave up, as it says above; if its disk is full, free some room"
                            + " or name a folder on another one with -o\n");
        }
    }

    private WhisktapeProcess lab(String... args) throws IOException {
        return lab(List.of(), args);
    }

    private WhisktapeProcess lab(List<String> before, String... args) throws IOException {
        List<String> verbAndArgs = new ArrayList<>(List.of("lab", "--couchdb-port", "0", "--metrics-port", "0"));
        verbAndArgs.addAll(List.of(args));
        return new WhisktapeProcess(
                before,
                folder,
                List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary),
                verbAndArgs.toArray(String[]::new));
    }

    private static String address(WhisktapeProcess lab) {
        return printed(lab, "kafka");
    }

    /** What stands behind this word, once all lines are there. */
    private static String printed(WhisktapeProcess lab, String what) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(lab::out, text -> text.lines().count() == 3 && text.endsWith("\n"))
                .lines()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String clusterId(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }
}
