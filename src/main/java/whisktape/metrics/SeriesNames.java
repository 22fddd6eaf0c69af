package whisktape.metrics;

import io.prometheus.client.Collector;
import java.util.StringJoiner;

/** Writes series and numbers as Prometheus reads them. */
final class SeriesNames {
    private static final long LARGEST_EXACT = 1L << 53;

    private final TargetLabels target;

    /** @param target labels of every series, beside its own */
    SeriesNames(TargetLabels target) {
        this.target = target;
    }

    /** {@code name{label="value",…}}. */
    String of(Metric metric, int index) {
        StringJoiner text = new StringJoiner(",", metric.name(index) + "{", "}").setEmptyValue(metric.name(index));
        metric.labels(index).forEach((name, value) -> text.add(label(name, value)));
        target.byName().forEach((name, value) -> text.add(label(name, value)));
        return text.toString();
    }

    /** The shortest text that reads as this number. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT
                ? Long.toString((long) value)
                : Collector.doubleToGoString(value);
    }

    /** Text within a line. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    }

    private static String label(String name, String value) {
        return name + "=\"" + escaped(value) + "\"";
    }
}
