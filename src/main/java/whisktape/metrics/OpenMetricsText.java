package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.client.Collector.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import whisktape.WhisktapeException;

/**
 * Writes a run's samples in OpenMetrics' text format 1.0, as {@code promtool tsdb create-blocks-from openmetrics} takes it and other
 * parsers of it too: families together, in them each label set together, and in it time ascending.
 */
public final class OpenMetricsText {
    private static final String TOTAL = "_total";
    private static final long MS_PER_SECOND = 1000;

    /** A fortnight of a busy platform at 15 s. */
    private static final long MOST_SAMPLES = 100_000_000;

    private static final long BYTES_PER_SAMPLE = 150;

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
        requireFew(history);
        OpenMetricsText text = new OpenMetricsText(history, new SeriesNames(target), out);
        for (Family family : history.families()) {
            text.write(family);
        }
        text.write("# EOF\n");
        return text.samples;
    }

    /** Before anything is written: a clock that was wrong once, or a fine resolution, fills any disk. */
    private static void requireFew(MetricsHistory history) {
        long samples = 0;
        for (Family family : history.families()) {
            for (Metric metric : family.metrics()) {
                samples += (history.lastStep() + 1L - metric.walk().first()) * metric.size();
            }
        }
        if (samples > MOST_SAMPLES) {
            throw WhisktapeException.refused(String.format(
                    Locale.ROOT,
                    "not exported: it would be %,d samples, some %,d GB, and at most %,d are written; choose a window by --from"
                            + " and --until, or a longer --resolution",
                    samples,
                    samples * BYTES_PER_SAMPLE / 1_000_000_000,
                    MOST_SAMPLES));
        }
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
