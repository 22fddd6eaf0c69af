package whisktape.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What OpenWhisk's user-events service has Kamon report for an event, as lines of StatsD's protocol: with Kamon's names, one event at a time
 * where Kamon adds up for 15 seconds. Two gauges that Kamon has not are there too. {@code docs/statsd.md} lists all.
 */
public final class StatsdMetrics {
    private final StatsdTags style;
    private final StatsdGlobalSeries global;
    private final Map<String, StatsdActionSeries> actions = new HashMap<>();

    public StatsdMetrics(StatsdTags style) {
        this.style = style;
        this.global = new StatsdGlobalSeries(style);
    }

    /** ASCII, without line ends; none for an event that user-events ignores or fails at. */
    public List<String> lines(UserEvent event) {
        StatsdLines lines = new StatsdLines(style);
        if (event instanceof UserEvent.Activation activation) {
            actions.computeIfAbsent(activation.name(), name -> new StatsdActionSeries(style, activation))
                    .write(activation, lines);
            global.write(activation, lines);
        } else if (event instanceof UserEvent.Metric metric) {
            write(metric, lines);
            global.write(metric, lines);
        }
        return lines.toList();
    }

    private void write(UserEvent.Metric metric, StatsdLines lines) {
        switch (metric.name()) {
            case "ConcurrentRateLimit" -> lines.count(ofCaller("openwhisk.action.limit.concurrent", metric));
            case "TimedRateLimit" -> lines.count(ofCaller("openwhisk.action.limit.timed", metric));
            case "ConcurrentInvocations" ->
                lines.set(ofCaller("openwhisk.namespace.concurrentInvocations", metric), metric.value());
            default -> {
                // Kamon has nothing for an unknown name.
            }
        }
    }

    private StatsdSeries ofCaller(String name, UserEvent.Metric metric) {
        return StatsdSeries.of(style, name, "namespace", metric.initiator());
    }
}
