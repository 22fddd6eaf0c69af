package whisktape.lab;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A test bench in this process: a Kafka broker with the topic {@code events} as OpenWhisk creates it. */
public final class Lab implements AutoCloseable {
    public static final String TOPIC = "events";

    /** OpenWhisk's own settings for the topic: what is older than an hour or beyond a gigabyte goes. */
    static final Map<String, String> TOPIC_CONFIG =
            Map.of("retention.ms", "3600000", "retention.bytes", "1073741824", "segment.bytes", "536870912");

    private final Optional<TemporaryFolder> temporary;
    private final EmbeddedKafka kafka;

    private Lab(Optional<TemporaryFolder> temporary, EmbeddedKafka kafka) {
        this.temporary = temporary;
        this.kafka = kafka;
    }

    /** Starts one that leaves nothing behind. */
    public static Lab start(int kafkaPort) {
        TemporaryFolder temporary = TemporaryFolder.create("whisktape-lab-");
        try {
            return start(temporary.path(), Optional.of(temporary), kafkaPort);
        } catch (RuntimeException e) {
            temporary.close();
            throw e;
        }
    }

    /** Starts one that keeps its data in this folder, or goes on with what is there. */
    public static Lab start(Path folder, int kafkaPort) {
        return start(folder, Optional.empty(), kafkaPort);
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    @Override
    public void close() {
        kafka.close();
        temporary.ifPresent(TemporaryFolder::close);
    }

    private static Lab start(Path folder, Optional<TemporaryFolder> temporary, int kafkaPort) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder, kafkaPort);
        try {
            if (!kafka.topics().contains(TOPIC)) {
                kafka.createTopic(TOPIC, 1, TOPIC_CONFIG);
            }
            return new Lab(temporary, kafka);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }
}
