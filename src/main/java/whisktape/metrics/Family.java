package whisktape.metrics;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.Collector.Type;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A family through a run, with each of its label sets. */
final class Family {
    private static final Comparator<List<String>> BY_LABELS = Comparator.comparing(labels -> String.join("\n", labels));

    private final String name;
    private final Type type;
    private final String help;
    private final Map<List<String>, Metric> metrics = new HashMap<>();

    Family(MetricFamilySamples samples) {
        this.name = samples.name;
        this.type = samples.type;
        this.help = samples.help;
    }

    String name() {
        return name;
    }

    Type type() {
        return type;
    }

    String help() {
        return help;
    }

    /** Takes the samples of a step. */
    void add(RowStore store, int step, MetricFamilySamples samples) {
        List<Sample> all = samples.samples;
        int width = type == Type.HISTOGRAM ? widthOfHistogram(all) : 1;
        for (int i = 0; i < all.size(); i += width) {
            List<Sample> one = all.subList(i, i + width);
            // The last one of a histogram has no le.
            metrics.computeIfAbsent(one.get(width - 1).labelValues, labels -> new Metric(store, one))
                    .add(step, type, one);
        }
    }

    /** In the order of their labels. */
    List<Metric> metrics() {
        return metrics.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_LABELS))
                .map(Map.Entry::getValue)
                .toList();
    }

    int series() {
        return metrics.values().stream().mapToInt(Metric::size).sum();
    }

    /** Buckets, then the count, then the sum: how Prometheus' client lays out each. */
    private static int widthOfHistogram(List<Sample> samples) {
        int width = 1;
        while (width < samples.size() && !samples.get(width - 1).name.endsWith("_sum")) {
            width++;
        }
        return width;
    }
}
