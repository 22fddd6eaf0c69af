package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.awaitility.Awaitility;

/** Kafka 2.7 with ZooKeeper 3.5, as OpenWhisk's ansible deploys them, as two processes on loopback. */
final class OldKafka implements AutoCloseable {
    private static final Path LIBRARIES = Path.of("target/kafka-2.7");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final Process zooKeeper;
    private final int port;
    private final Admin admin;
    private Process broker;

    private OldKafka(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        int zooKeeperPort = FreePort.tcp();
        this.port = FreePort.tcp();
        Path zooKeeperSettings =
                Files.writeString(folder.resolve("zoo.cfg"), """
                clientPort=%d
                clientPortAddress=127.0.0.1
                dataDir=%s
                admin.enableServer=false
                """.formatted(zooKeeperPort, folder.resolve("zookeeper")));
        Files.writeString(
                folder.resolve("server.properties"), """
                broker.id=0
                listeners=PLAINTEXT://127.0.0.1:%d
                zookeeper.connect=127.0.0.1:%d
                zookeeper.session.timeout.ms=60000
                log.dirs=%s
                auto.create.topics.enable=false
                """.formatted(port, zooKeeperPort, folder.resolve("log")));
        // Its JMX beans want Log4j 1, which nothing else here does.
        this.zooKeeper = java(
                "zookeeper",
                List.of("-Xmx128m", "-Dzookeeper.jmx.log4j.disable=true"),
                "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                zooKeeperSettings);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Starts both, with their data in a folder that need not be there, and waits until the broker answers. */
    static OldKafka start(Path folder) throws IOException {
        OldKafka kafka = new OldKafka(folder);
        try {
            kafka.startBroker();
            return kafka;
        } catch (IOException | RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    String clusterId() throws Exception {
        return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
    }

    /** As OpenWhisk's controller creates its topic of events, with the settings it has by default. */
    void createTopic(String name) throws Exception {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.of((short) 1))
                .configs(Map.of(
                        "segment.bytes", "536870912", "retention.bytes", "1073741824", "retention.ms", "3600000"));
        admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
    }

    /** Deletes a topic, which the broker does some time after it has said that it will, and creates it again. */
    void recreateTopic(String name) throws Exception {
        admin.deleteTopics(List.of(name)).all().get(30, TimeUnit.SECONDS);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof TopicExistsException)
                .until(() -> {
                    createTopic(name);
                    return true;
                });
    }

    /** A clean stop and a start on the same port, with the same data. */
    void restartBroker() throws Exception {
        broker.destroy();
        assertThat(broker.waitFor(1, TimeUnit.MINUTES)).isTrue();
        startBroker();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        if (broker != null) {
            broker.destroyForcibly();
        }
        zooKeeper.destroyForcibly();
    }

    private void startBroker() throws IOException {
        broker = java("kafka", List.of("-Xmx256m"), "kafka.Kafka", folder.resolve("server.properties"));
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .failFast(() -> assertThat(broker.isAlive())
                        .as(Files.readString(folder.resolve("kafka.out")))
                        .isTrue())
                .until(() -> !admin.describeCluster()
                        .nodes()
                        .get(5, TimeUnit.SECONDS)
                        .isEmpty());
    }

    private Process java(String name, List<String> jvmOptions, String main, Path settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", LIBRARIES.toAbsolutePath() + "/*", main, settings.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".out").toFile()))
                .start();
    }
}
