package whisktape.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The series of one action. Their tags are those of the first event seen for it, as Kamon has them (user-events'
 * {@code KamonRecorder.scala}).
 */
final class StatsdActionSeries {
    private final StatsdTags style;
    private final UserEvent.Activation first;
    private final StatsdSeries activations;
    private final StatsdSeries coldStarts;
    private final StatsdSeries initTime;
    private final StatsdSeries waitTime;
    private final StatsdSeries duration;
    private final StatsdSeries responseSize;
    private final StatsdSeries memory;
    private final Map<ActivationStatus, StatsdSeries> status = new EnumMap<>(ActivationStatus.class);

    StatsdActionSeries(StatsdTags style, UserEvent.Activation first) {
        this.style = style;
        this.first = first;
        activations = series("activations", "kind", first.kind(), "memory", Integer.toString(first.memoryMb()));
        coldStarts = series("coldStarts");
        initTime = series("initTime");
        waitTime = series("waitTime");
        duration = series("duration");
        responseSize = series("responseSize");
        memory = series("memory");
        for (ActivationStatus each : ActivationStatus.values()) {
            status.put(each, series("status", "status", each.label()));
        }
    }

    void write(UserEvent.Activation activation, StatsdLines lines) {
        lines.count(activations);
        if (activation.isCold()) {
            lines.count(coldStarts);
            lines.time(initTime, activation.initMs());
        }
        lines.time(waitTime, activation.waitMs());
        lines.time(duration, activation.durationMs());
        lines.count(status.get(ActivationStatus.ofCode(activation.statusCode())));
        activation.responseSize().ifPresent(size -> lines.distribute(responseSize, size));
        activation
                .userStatusCode()
                .ifPresent(code -> lines.count(series("statusCode", "userDefinedStatusCode", Integer.toString(code))));
        lines.set(memory, activation.memoryMb());
    }

    private StatsdSeries series(String metric, String... more) {
        List<String> tags = new ArrayList<>(List.of(
                "namespace", first.path().namespace(),
                "initiator", first.initiator(),
                "action", first.path().action()));
        tags.addAll(List.of(more));
        return StatsdSeries.of(style, "openwhisk.action." + metric, tags.toArray(String[]::new));
    }
}
