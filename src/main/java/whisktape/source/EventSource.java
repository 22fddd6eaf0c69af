package whisktape.source;

import java.time.Duration;
import java.util.Optional;
import whisktape.Position;

/** Where events come from: a topic, or a dump of one. */
public non-sealed interface EventSource extends Source {

    /** The id of the Kafka cluster; empty for what is not one. */
    Optional<String> clusterId();

    String topic();

    /** Where reading stood when the source was opened. */
    Position start();

    @Override
    EventBatch poll(Duration atMost);

    @Override
    EventBatch rest();
}
