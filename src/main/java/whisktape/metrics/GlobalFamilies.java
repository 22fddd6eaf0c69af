package whisktape.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** The families without an action, which user-events has from Kamon (its {@code EventConsumer.scala}), there from the start. */
final class GlobalFamilies {
    private final Counter activations;
    private final Counter metrics;
    private final Counter status;
    private final Counter coldStarts;
    private final Counter ofNamespace;
    private final Histogram waitTime;
    private final Histogram initTime;
    private final Histogram duration;
    private final Gauge lag;

    GlobalFamilies(CollectorRegistry registry, Labelling labelling) {
        activations = Counter.build("openwhisk_userevents_global_activations_total", "Events of type Activation")
                .register(registry);
        metrics = Counter.build("openwhisk_userevents_global_metric_total", "Events of type Metric")
                .register(registry);
        status = Counter.build(
                        "openwhisk_userevents_global_status_total",
                        "Activations by status; failure is any of the errors")
                .labelNames("status")
                .register(registry);
        coldStarts = Counter.build("openwhisk_userevents_global_coldStarts_total", "Cold starts")
                .register(registry);
        ofNamespace = Counter.build("openwhisk_namespace_activations_total", "Activations by who called")
                .labelNames("initiator", "namespace")
                .register(registry);
        waitTime = histogram(registry, labelling, "waitTime", "Time before initialisation or run");
        initTime = histogram(registry, labelling, "initTime", "Initialisation, where there was one");
        duration = histogram(registry, labelling, "duration", "Initialisation and run");
        lag = Gauge.build("openwhisk_userevents_consumer_lag", "Messages of the topic that are not counted yet")
                .register(registry);
        for (ActivationStatus each : ActivationStatus.values()) {
            status.labels(each.label());
        }
        status.labels("failure");
    }

    void count(UserEvent.Activation activation) {
        countType(activation.eventType());
        ofNamespace.labels(activation.initiator(), activation.initiator()).inc();
        status.labels(activation.status()).inc();
        if (activation.statusCode() != 0) {
            status.labels("failure").inc();
        }
        if (activation.isCold()) {
            coldStarts.inc();
            initTime.observe(ActionSeries.seconds(activation.initMs()));
        }
        waitTime.observe(ActionSeries.seconds(activation.waitMs()));
        duration.observe(ActionSeries.seconds(activation.durationMs()));
    }

    void count(UserEvent.Metric metric) {
        countType(metric.eventType());
    }

    void setLag(long messages) {
        lag.set(messages);
    }

    private void countType(String eventType) {
        (eventType.equals("Activation") ? activations : metrics).inc();
    }

    private static Histogram histogram(CollectorRegistry registry, Labelling labelling, String what, String help) {
        return Histogram.build("openwhisk_userevents_global_" + what + "_seconds", help)
                .buckets(labelling.secondsBuckets())
                .register(registry);
    }
}
