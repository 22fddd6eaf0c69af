package whisktape.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A test bench in this process: a Kafka broker with the topic {@code events} as OpenWhisk creates it, and a stand-in for
 * CouchDB with an activations database in memory.
 */
public final class Lab implements AutoCloseable {
    public static final String TOPIC = "events";

    /** As OpenWhisk's ansible names it in its local environment. */
    public static final String DATABASE = "whisk_local_activations";

    /** OpenWhisk's own settings for the topic: what is older than an hour or beyond a gigabyte goes. */
    static final Map<String, String> TOPIC_CONFIG =
            Map.of("retention.ms", "3600000", "retention.bytes", "1073741824", "segment.bytes", "536870912");

    private final Optional<TemporaryFolder> temporary;
    private final EmbeddedKafka kafka;
    private final EmbeddedCouch couch;

    private Lab(Optional<TemporaryFolder> temporary, EmbeddedKafka kafka, EmbeddedCouch couch) {
        this.temporary = temporary;
        this.kafka = kafka;
        this.couch = couch;
    }

    /** Starts one that leaves nothing behind. */
    public static Lab start(int kafkaPort, int couchPort) {
        TemporaryFolder temporary = TemporaryFolder.create("whisktape-lab-");
        try {
            return start(temporary.path(), Optional.of(temporary), kafkaPort, couchPort);
        } catch (RuntimeException e) {
            temporary.close();
            throw e;
        }
    }

    /** Starts one that keeps the broker's data in this folder, or goes on with what is there. */
    public static Lab start(Path folder, int kafkaPort, int couchPort) {
        return start(folder, Optional.empty(), kafkaPort, couchPort);
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedCouch couch() {
        return couch;
    }

    /** What {@code record --couchdb} takes. */
    public String couchUrl() {
        return couch.url() + "/" + DATABASE;
    }

    @Override
    public void close() {
        couch.close();
        kafka.close();
        temporary.ifPresent(TemporaryFolder::close);
    }

    private static Lab start(Path folder, Optional<TemporaryFolder> temporary, int kafkaPort, int couchPort) {
        // The quick one first: whoever has that port already need not wait for a broker.
        EmbeddedCouch couch = EmbeddedCouch.start(couchPort);
        try {
            couch.createDatabase(DATABASE);
            return new Lab(temporary, startKafka(folder, kafkaPort), couch);
        } catch (RuntimeException e) {
            couch.close();
            throw e;
        }
    }

    private static EmbeddedKafka startKafka(Path folder, int port) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, port);
        try {
            if (!kafka.topics().contains(TOPIC)) {
                kafka.createTopic(TOPIC, 1, TOPIC_CONFIG);
            }
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }
}
