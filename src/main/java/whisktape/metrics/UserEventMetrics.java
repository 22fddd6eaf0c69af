package whisktape.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.Collections;
import java.util.List;

/**
 * What OpenWhisk's user-events service counts, from the bytes of the same messages in the same order.
 *
 * <p>Beside its families there is {@code whisktape_events_total}: how many messages were counted, how many ignored, and at how many
 * user-events would have stopped. One thread counts; any may read.
 */
public final class UserEventMetrics {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final ActionFamilies actions;
    private final GlobalFamilies global;
    private final Counter events;

    public UserEventMetrics(Labelling labelling) {
        actions = new ActionFamilies(registry, labelling);
        global = new GlobalFamilies(registry, labelling);
        events = Counter.build(
                        "whisktape_events_total",
                        "Messages read; ignored is what user-events drops, poison what would stop it")
                .labelNames("result")
                .register(registry);
        List.of("counted", "ignored", "poison").forEach(events::labels);
    }

    /** Counts a message by its value, which may be null and anything else. */
    public void count(byte[] value) {
        UserEvent event = UserEventReader.read(value);
        if (event instanceof UserEvent.Activation activation) {
            actions.count(activation);
            global.count(activation);
            events.labels("counted").inc();
        } else if (event instanceof UserEvent.Metric metric) {
            actions.count(metric);
            global.count(metric);
            events.labels("counted").inc();
        } else {
            events.labels(event instanceof UserEvent.Poison ? "poison" : "ignored")
                    .inc();
        }
    }

    /** How many messages are still to be counted, as far as known. */
    public void setLag(long messages) {
        global.setLag(messages);
    }

    /** All families with their samples as they are now. */
    List<Collector.MetricFamilySamples> families() {
        return Collections.list(registry.metricFamilySamples());
    }

    /** Writes Prometheus' text format 0.0.4. */
    public void writeText(Writer writer) throws IOException {
        TextFormat.write004(writer, registry.metricFamilySamples());
    }
}
