package whisktape.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import whisktape.WhisktapeException;

/**
 * A real Kafka cluster of one broker in this process, which is its own controller (KRaft) and listens on 127.0.0.1 only.
 * Started again in the same folder and on the same port it is the same cluster, with the topics it had.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Logger> QUIETED = BrokerLog.quieted();

    private static volatile Runnable whenOneGivesUp = () -> {};

    static {
        // A broker that cannot go on ends its JVM. This one is a guest here: it may fail, and its host is told.
        Exit.setHaltProcedure((code, message) -> giveUp());
        Exit.setExitProcedure((code, message) -> giveUp());
    }

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final String clusterId;
    private final Admin admin;

    private EmbeddedKafka(KafkaRaftServer server, int port, String clusterId) {
        this.server = server;
        this.bootstrapServers = HOST + ":" + port;
        this.clusterId = clusterId;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Starts a broker that keeps its data in this folder and listens on this port, or on a free one if it is 0. */
    public static EmbeddedKafka start(Path dataDir, int port) {
        return start(dataDir, port, Map.of());
    }

    /** The same with further broker settings, for example an authorizer. */
    public static EmbeddedKafka start(Path dataDir, int port, Map<String, String> further) {
        int brokerPort = available(port);
        int controllerPort = available(0);
        Path folder = dataDir.toAbsolutePath();
        String clusterId = BrokerFolder.format(folder);
        Map<String, Object> settings = new HashMap<>(BrokerSettings.of(folder, HOST, brokerPort, controllerPort));
        settings.putAll(further);
        KafkaConfig config = new KafkaConfig(settings, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            // What did start has threads that would keep the process alive.
            stop(server);
            throw new WhisktapeException(
                    "cannot start a Kafka broker in " + dataDir + ": " + e.getMessage()
                            + "; check that no other broker uses the folder and that it is writable",
                    e);
        }
        return new EmbeddedKafka(server, brokerPort, clusterId);
    }

    /** Has this called, in some thread, when a broker in this process cannot go on, for example because the disk is full. */
    public static void whenOneGivesUp(Runnable action) {
        whenOneGivesUp = action;
    }

    /** Where clients connect, as {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String clusterId() {
        return clusterId;
    }

    /** The names of the topics that are not Kafka's own. */
    public Set<String> topics() {
        return await("list topics", admin.listTopics().names());
    }

    /**
     * Creates a topic and waits until its partitions answer. A broker shows a topic to clients a moment before it takes messages
     * for it; of several batches that a producer has under way then, the first may be refused and a later one taken.
     */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        await(
                "create topic " + name,
                admin.createTopics(List.of(topic(name, partitions, config))).all());
        awaitSeen(name, true);
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
        await("reach topic " + name, admin.listOffsets(all).all());
    }

    /** Deletes a topic and waits until clients no longer see it. */
    public void deleteTopic(String name) {
        await("delete topic " + name, admin.deleteTopics(List.of(name)).all());
        awaitSeen(name, false);
    }

    /** Drops what stands before this offset, as retention does. */
    public void deleteRecordsBefore(String topic, int partition, long offset) {
        await(
                "delete records of " + topic + "-" + partition + " before " + offset,
                admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                        .all());
    }

    /** Stops the broker; the folder stays, and a broker started there goes on where this one stopped. */
    @Override
    public void close() {
        admin.close();
        stop(server);
    }

    private static void giveUp() {
        whenOneGivesUp.run();
        throw new KafkaException("the broker gave up");
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> config) {
        return new NewTopic(name, Optional.of(partitions), Optional.of((short) 1)).configs(config);
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    /** The controller has decided when the call returns; the broker, which clients ask, follows a moment later. */
    private void awaitSeen(String topic, boolean expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (topics().contains(topic) != expected) {
            if (System.nanoTime() > deadline) {
                throw new WhisktapeException("topic " + topic + " at " + bootstrapServers + " did not "
                        + (expected ? "appear" : "go away") + " within " + PATIENCE.toSeconds() + " s");
            }
            Thread.onSpinWait();
        }
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new WhisktapeException(
                    "cannot " + what + " at " + bootstrapServers + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new WhisktapeException(
                    "cannot " + what + " at " + bootstrapServers + ": no answer in " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WhisktapeException("cannot " + what + " at " + bootstrapServers + ": interrupted", e);
        }
    }

    /** This port, or a free one for 0: asked beforehand, because a broker that finds it taken takes long to say so. */
    private static int available(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot listen at " + HOST + ":" + port + ": " + e.getMessage()
                            + "; stop what listens there or choose another port",
                    e);
        }
    }
}
