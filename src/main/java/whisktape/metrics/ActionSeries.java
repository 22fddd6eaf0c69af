package whisktape.metrics;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.EnumMap;
import java.util.Map;

/**
 * The series of one action in all families, there from its first event on, those still at 0 too; their labels are those of that first
 * event.
 */
final class ActionSeries {
    private final ActionFamilies families;
    private final UserEvent.Activation first;
    private final Counter.Child activations;
    private final Counter.Child coldStarts;
    private final Map<ActivationStatus, Counter.Child> status = new EnumMap<>(ActivationStatus.class);
    private final Histogram.Child waitTime;
    private final Histogram.Child initTime;
    private final Histogram.Child duration;
    private final Histogram.Child responseSize;
    private final Gauge.Child memory;

    ActionSeries(ActionFamilies families, UserEvent.Activation first) {
        this.families = families;
        this.first = first;
        String invoker = first.source();
        String cold = Boolean.toString(first.isCold());
        String[] action = action();
        activations = families.activations.labels(
                labels(action(first.kind(), Integer.toString(first.memoryMb())), invoker, cold));
        coldStarts = families.coldStarts.labels(labels(action, invoker));
        for (ActivationStatus each : ActivationStatus.values()) {
            status.put(each, families.status.labels(labels(action(each.label()), invoker, cold)));
        }
        waitTime = families.waitTime.labels(labels(action, invoker, cold));
        initTime = families.initTime.labels(labels(action, invoker));
        duration = families.duration.labels(labels(action, invoker, cold));
        responseSize = families.responseSize.labels(action);
        memory = families.memory.labels(action);
    }

    void count(UserEvent.Activation activation) {
        memory.set(activation.memoryMb());
        activations.inc();
        if (activation.isCold()) {
            coldStarts.inc();
            initTime.observe(seconds(activation.initMs()));
        }
        waitTime.observe(seconds(activation.waitMs()));
        duration.observe(seconds(activation.durationMs()));
        status.get(ActivationStatus.ofCode(activation.statusCode())).inc();
        activation.responseSize().ifPresent(responseSize::observe);
        activation.userStatusCode().ifPresent(code -> countStatusCode(activation, code));
    }

    /** The one family whose initiator is always the event's own. */
    private void countStatusCode(UserEvent.Activation activation, int code) {
        String[] labels = {
            first.path().namespace(), activation.initiator(), first.path().action(), Integer.toString(code)
        };
        families.statusCode.labels(labels(labels, first.source())).inc();
    }

    private String[] action(String... more) {
        String[] labels = new String[3 + more.length];
        labels[0] = first.path().namespace();
        labels[1] = first.initiator();
        labels[2] = first.path().action();
        System.arraycopy(more, 0, labels, 3, more.length);
        return labels;
    }

    private String[] labels(String[] common, String... improved) {
        return families.labelling.labels(common, improved);
    }

    /** Through nanoseconds, as Scala's durations do it: so sums are the same to the last bit. */
    static double seconds(long ms) {
        return ms * 1_000_000L / 1e9;
    }
}
