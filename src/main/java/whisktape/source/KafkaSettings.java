package whisktape.source;

import java.util.Map;

/**
 * How to reach a topic.
 *
 * @param bootstrapServers host and port, several separated by commas
 * @param topic the topic's name
 * @param client further Kafka client properties, for example for TLS and SASL; never printed
 */
public record KafkaSettings(String bootstrapServers, String topic, Map<String, Object> client) {
    @Override
    public String toString() {
        return "topic " + topic + " at " + bootstrapServers;
    }
}
