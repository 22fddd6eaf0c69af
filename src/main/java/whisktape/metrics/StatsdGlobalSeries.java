package whisktape.metrics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The series without an action, which user-events has in Kamon whether its Kamon recorder is on or not (its {@code EventConsumer.scala}). */
final class StatsdGlobalSeries {
    private final StatsdTags style;
    private final StatsdSeries activations;
    private final StatsdSeries metrics;
    private final StatsdSeries failure;
    private final StatsdSeries coldStarts;
    private final StatsdSeries initTime;
    private final StatsdSeries waitTime;
    private final StatsdSeries duration;
    private final Map<ActivationStatus, StatsdSeries> status = new EnumMap<>(ActivationStatus.class);
    private final Map<String, StatsdSeries> ofInitiator = new HashMap<>();

    StatsdGlobalSeries(StatsdTags style) {
        this.style = style;
        activations = series("activations");
        metrics = series("metric");
        failure = series("status", "status", "failure");
        coldStarts = series("coldStarts");
        initTime = series("initTime");
        waitTime = series("waitTime");
        duration = series("duration");
        for (ActivationStatus each : ActivationStatus.values()) {
            status.put(each, series("status", "status", each.label()));
        }
    }

    void write(UserEvent.Activation activation, StatsdLines lines) {
        writeType(activation.eventType(), lines);
        lines.count(ofInitiator.computeIfAbsent(
                activation.initiator(),
                initiator -> StatsdSeries.of(
                        style, "openwhisk.namespace.activations", "initiator", initiator, "namespace", initiator)));
        lines.count(status.get(ActivationStatus.ofCode(activation.statusCode())));
        if (activation.statusCode() != 0) {
            lines.count(failure);
        }
        if (activation.isCold()) {
            lines.count(coldStarts);
            lines.time(initTime, activation.initMs());
        }
        lines.time(waitTime, activation.waitMs());
        lines.time(duration, activation.durationMs());
    }

    void write(UserEvent.Metric metric, StatsdLines lines) {
        writeType(metric.eventType(), lines);
    }

    private void writeType(String eventType, StatsdLines lines) {
        lines.count(eventType.equals("Activation") ? activations : metrics);
    }

    private StatsdSeries series(String metric, String... tags) {
        return StatsdSeries.of(style, "openwhisk.userevents.global." + metric, tags);
    }
}
