package whisktape.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The families of activations and limits, {@code openwhisk_action_*}, with the names, help texts and buckets of user-events
 * (its {@code PrometheusRecorder.scala}).
 */
final class ActionFamilies {
    private static final String[] ACTION = {"namespace", "initiator", "action"};
    private static final String[] KIND = {"namespace", "initiator", "action", "kind", "memory"};
    private static final String[] STATUS = {"namespace", "initiator", "action", "status"};
    private static final String[] STATUS_CODE = {"namespace", "initiator", "action", "status_code"};

    final Labelling labelling;
    final Counter activations;
    final Counter coldStarts;
    final Counter status;
    final Counter statusCode;
    final Histogram waitTime;
    final Histogram initTime;
    final Histogram duration;
    final Histogram responseSize;
    final Gauge memory;
    private final Counter concurrentLimit;
    private final Counter timedLimit;
    private final Gauge concurrentInvocations;

    private final CollectorRegistry registry;
    private final Map<Object, ActionSeries> series = new HashMap<>();

    ActionFamilies(CollectorRegistry registry, Labelling labelling) {
        this.registry = registry;
        this.labelling = labelling;
        activations = counter(
                "openwhisk_action_activations_total", "Activation Count", labelling.labels(KIND, "invoker", "cold"));
        coldStarts =
                counter("openwhisk_action_coldStarts_total", "Cold start counts", labelling.labels(ACTION, "invoker"));
        status = counter(
                "openwhisk_action_status",
                "Activation failure status type",
                labelling.labels(STATUS, "invoker", "cold"));
        statusCode = counter(
                "openwhisk_action_status_code",
                "status code returned in action result response set by developer",
                labelling.labels(STATUS_CODE, "invoker"));
        waitTime = histogram(
                "openwhisk_action_waitTime_seconds",
                "Internal system hold time",
                labelling.secondsBuckets(),
                labelling.labels(ACTION, "invoker", "cold"));
        initTime = histogram(
                "openwhisk_action_initTime_seconds",
                "Time it took to initialize an action, e.g. docker init",
                labelling.secondsBuckets(),
                labelling.labels(ACTION, "invoker"));
        duration = histogram(
                "openwhisk_action_duration_seconds",
                "Actual time the action code was running",
                labelling.secondsBuckets(),
                labelling.labels(ACTION, "invoker", "cold"));
        responseSize = histogram(
                "openwhisk_action_response_size_bytes", "Activation Response size", labelling.sizeBuckets(), ACTION);
        memory = gauge("openwhisk_action_memory", "Memory consumption of the action containers", ACTION);
        concurrentLimit = counter(
                "openwhisk_action_limit_concurrent_total",
                "a user has exceeded its limit for concurrent invocations",
                "namespace");
        timedLimit = counter(
                "openwhisk_action_limit_timed_total",
                "the user has reached its per minute limit for the number of invocations",
                "namespace");
        concurrentInvocations = labelling == Labelling.COMPATIBLE
                ? null
                : gauge(
                        "openwhisk_namespace_concurrent_invocations",
                        "Invocations under way, as a controller counted them last",
                        "namespace");
    }

    void count(UserEvent.Activation activation) {
        series.computeIfAbsent(key(activation), ignored -> new ActionSeries(this, activation))
                .count(activation);
    }

    void count(UserEvent.Metric metric) {
        // Both series appear with any metric of a namespace.
        Counter.Child concurrent = concurrentLimit.labels(metric.initiator());
        Counter.Child timed = timedLimit.labels(metric.initiator());
        switch (metric.name()) {
            case "ConcurrentRateLimit" -> concurrent.inc();
            case "TimedRateLimit" -> timed.inc();
            case "ConcurrentInvocations" -> {
                if (concurrentInvocations != null) {
                    concurrentInvocations.labels(metric.initiator()).set(metric.value());
                }
            }
            default -> {
                // An unknown name has no family.
            }
        }
    }

    private Object key(UserEvent.Activation activation) {
        return labelling == Labelling.COMPATIBLE
                ? activation.name()
                : List.of(
                        activation.name(),
                        activation.initiator(),
                        activation.kind(),
                        activation.memoryMb(),
                        activation.source(),
                        activation.isCold());
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.build(name, help).labelNames(labels).register(registry);
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.build(name, help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double[] buckets, String... labels) {
        return Histogram.build(name, help).labelNames(labels).buckets(buckets).register(registry);
    }
}
