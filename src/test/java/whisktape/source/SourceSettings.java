package whisktape.source;

import java.util.Map;

/** For the benchmark: the settings that a source gives its consumer. */
public final class SourceSettings {
    private SourceSettings() {}

    public static Map<String, Object> consumer(String bootstrapServers) {
        return TopicConsumer.config(new KafkaSettings(bootstrapServers, "events", Map.of()));
    }
}
