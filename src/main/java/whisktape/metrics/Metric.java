package whisktape.metrics;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.Collector.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One label set of a family through a run: a single series, or all those of a histogram; its values are kept where they change. */
final class Metric {
    private final List<Sample> series;
    private final double[] last;
    private final RowStore.Rows rows;
    private boolean born;

    /** @param samples the first ones, for the names and labels */
    Metric(RowStore store, List<Sample> samples) {
        this.series = List.copyOf(samples);
        this.last = new double[samples.size()];
        this.rows = store.rows(samples.size());
    }

    /**
     * Takes the samples of a step.
     *
     * <p>What begins to count after the first step was 0 in the step before: without that sample {@code increase()} would not see what
     * a series counted first. A gauge was nothing before it was set.
     */
    void add(int step, Type type, List<Sample> samples) {
        if (!born && step > 0 && type != Type.GAUGE) {
            rows.add(step - 1, last);
        }
        boolean changed = !born;
        for (int i = 0; i < last.length; i++) {
            double value = samples.get(i).value;
            changed |= Double.doubleToLongBits(value) != Double.doubleToLongBits(last[i]);
            last[i] = value;
        }
        if (changed) {
            rows.add(step, last);
        }
        born = true;
    }

    /** How many series it has. */
    int size() {
        return last.length;
    }

    /** The name of one of its series. */
    String name(int index) {
        return series.get(index).name;
    }

    /** The labels of one of its series, by name in user-events' order. */
    Map<String, String> labels(int index) {
        Sample sample = series.get(index);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < sample.labelNames.size(); i++) {
            labels.put(sample.labelNames.get(i), sample.labelValues.get(i));
        }
        return labels;
    }

    /** From the beginning on. */
    Walk walk() {
        return new Walk();
    }

    /** Goes step by step from the first one that the metric is in. */
    final class Walk {
        private final RowStore.Cursor cursor = rows.read();
        private final double[] values = new double[last.length];
        private final int first;
        private boolean more;

        private Walk() {
            more = cursor.advance();
            if (!more) {
                throw new IllegalStateException("there is no row of " + name(0));
            }
            first = cursor.number();
        }

        /** The step of the first sample. */
        int first() {
            return first;
        }

        /** Goes on to this step, at or behind the one before; true if values have changed on the way. */
        boolean moveTo(int step) {
            boolean changed = false;
            while (more && cursor.number() <= step) {
                System.arraycopy(cursor.values(), 0, values, 0, values.length);
                changed = true;
                more = cursor.advance();
            }
            return changed;
        }

        double value(int index) {
            return values[index];
        }
    }
}
