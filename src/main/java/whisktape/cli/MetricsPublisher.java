package whisktape.cli;

import whisktape.Message;
import whisktape.metrics.UserEventMetrics;
import whisktape.replay.Deliveries;
import whisktape.replay.EventPublisher;

/**
 * Replays into metrics, without any Kafka between.
 *
 * @param metrics where the events are counted
 */
record MetricsPublisher(UserEventMetrics metrics) implements EventPublisher {

    @Override
    public void publish(Message message, Deliveries deliveries) {
        metrics.count(message.value());
        deliveries.acknowledge();
    }

    @Override
    public void close() {
        // Nothing is under way.
    }
}
