package whisktape.replay;

import java.util.Map;

/** For the benchmark: the settings that a replay at full speed gives its producer. */
public final class ReplaySettings {
    private ReplaySettings() {}

    public static Map<String, Object> producer(String bootstrapServers) {
        return KafkaEventPublisher.settings(bootstrapServers, Map.of(), Speed.MAX, Integer.MAX_VALUE);
    }
}
