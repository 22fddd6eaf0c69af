package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.client.Collector.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Writes a run's samples in OpenMetrics' text format 1.0, as {@code promtool tsdb create-blocks-from openmetrics} takes it and other
 * parsers of it too: families together, in them each label set together, and in it time ascending.
 */
public final class OpenMetricsText {
    private static final String TOTAL = "_total";
    private static final long MS_PER_SECOND = 1000;

    private final MetricsHistory history;
    private final OutputStream out;
    private final SeriesNames names;
    private long samples;

    private OpenMetricsText(MetricsHistory history, SeriesNames names, OutputStream out) {
        this.history = history;
        this.out = out;
        this.names = names;
    }

    /**
     * Writes all of a history that has come to its end.
     *
     * @param target labels of every series, beside its own
     * @return how many samples there are
     */
    public static long write(MetricsHistory history, TargetLabels target, OutputStream out) throws IOException {
        OpenMetricsText text = new OpenMetricsText(history, new SeriesNames(target), out);
        for (Family family : history.families()) {
            text.write(family);
        }
        text.write("# EOF\n");
        return text.samples;
    }

    private void write(Family family) throws IOException {
        String name = family.name();
        String type = family.type().name().toLowerCase(Locale.ROOT);
        if (family.type() == Type.COUNTER && name.endsWith(TOTAL)) {
            name = name.substring(0, name.length() - TOTAL.length());
        } else if (family.type() == Type.COUNTER) {
            // A counter whose name does not end so is none to OpenMetrics.
            type = "unknown";
        }
        write("# HELP " + name + " " + SeriesNames.escaped(family.help()) + "\n");
        write("# TYPE " + name + " " + type + "\n");
        for (Metric metric : family.metrics()) {
            write(metric);
        }
    }

    private void write(Metric metric) throws IOException {
        byte[][] series = new byte[metric.size()][];
        byte[][] values = new byte[metric.size()][];
        for (int i = 0; i < series.length; i++) {
            series[i] = (names.of(metric, i) + " ").getBytes(UTF_8);
        }
        Metric.Walk walk = metric.walk();
        for (int step = walk.first(); step <= history.lastStep(); step++) {
            if (walk.moveTo(step)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = SeriesNames.number(walk.value(i)).getBytes(UTF_8);
                }
            }
            byte[] end = (" " + seconds(history.timeMs(step)) + "\n").getBytes(UTF_8);
            for (int i = 0; i < series.length; i++) {
                out.write(series[i]);
                out.write(values[i]);
                out.write(end);
            }
            samples += series.length;
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private static String seconds(long ms) {
        long rest = ms % MS_PER_SECOND;
        return ms / MS_PER_SECOND + (rest == 0 ? "" : String.format(".%03d", rest));
    }
}
