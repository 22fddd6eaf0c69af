package whisktape.metrics;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Prometheus would have scraped from user-events in the course of a run: all families, with their values at each step.
 *
 * <p>An event counts at its own time, and where that steps back with the one before it, since user-events reads a partition in its order.
 * Counting begins with the first event handed over, so samples of a later window show what was counted before it, too. Memory depends on
 * how many series there are, and not on how long the run is.
 */
public final class MetricsHistory implements AutoCloseable {
    /** About whoever reads the topic, and nobody does. */
    private static final String CONSUMER_LAG = "openwhisk_userevents_consumer_lag";

    private final Steps steps;
    private final UserEventMetrics metrics;
    private final RowStore store = RowStore.create();
    private final Map<String, Family> families = new TreeMap<>();

    private long latestMs = Long.MIN_VALUE;
    private long firstStepMs;
    private long nextStepMs;
    private boolean begun;
    private boolean changed = true;
    private boolean goesOn;

    public MetricsHistory(Labelling labelling, Steps steps) {
        this.steps = steps;
        this.metrics = new UserEventMetrics(labelling);
    }

    /**
     * Counts a message.
     *
     * @param value which may be null and anything else
     * @param timeMs epoch milliseconds; of one without a time less than that of any other
     */
    public void count(byte[] value, long timeMs) {
        if (timeMs > latestMs && timeMs <= Steps.LATEST.toEpochMilli()) {
            if (timeMs >= steps.until().toEpochMilli()) {
                goesOn = true;
                return;
            }
            advanceTo(timeMs);
        }
        metrics.count(value);
        changed = true;
    }

    /** The last message was counted: takes the samples up to the step that shows it and the silence behind it, or to the end of a window. */
    public void end() {
        if (latestMs == Long.MIN_VALUE) {
            return;
        }
        long endMs = steps.showing(latestMs + steps.silence().toMillis());
        long lastMs = goesOn ? steps.lastMs() : Math.min(steps.lastMs(), endMs);
        if (!begun && lastMs >= steps.firstMs()) {
            begin(steps.firstMs());
        }
        if (begun) {
            takeBefore(lastMs + steps.every().toMillis());
        }
    }

    /** The time of the first samples; empty if there are none. */
    public Optional<Instant> from() {
        return families.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(firstStepMs));
    }

    /** The time of the last samples; empty if there are none. */
    public Optional<Instant> to() {
        return families.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timeMs(lastStep())));
    }

    public int series() {
        return families.values().stream().mapToInt(Family::series).sum();
    }

    /** By name. */
    Collection<Family> families() {
        return families.values();
    }

    int lastStep() {
        return step(nextStepMs) - 1;
    }

    /** Epoch milliseconds of a step. */
    long timeMs(int step) {
        return firstStepMs + step * steps.every().toMillis();
    }

    @Override
    public void close() {
        store.close();
    }

    private void advanceTo(long timeMs) {
        long showing = steps.showing(timeMs);
        boolean isFirst = latestMs == Long.MIN_VALUE;
        latestMs = timeMs;
        if (!begun && showing > steps.firstMs()) {
            // A step before the first event everything is still at 0.
            begin(isFirst ? showing - steps.every().toMillis() : steps.firstMs());
        }
        if (begun) {
            takeBefore(showing);
        }
    }

    private void begin(long ms) {
        begun = true;
        firstStepMs = ms;
        nextStepMs = ms;
    }

    private void takeBefore(long ms) {
        steps.requireFew(firstStepMs, ms);
        for (; nextStepMs < ms; nextStepMs += steps.every().toMillis()) {
            if (changed) {
                take(step(nextStepMs));
                changed = false;
            }
        }
    }

    private void take(int step) {
        for (MetricFamilySamples samples : metrics.families()) {
            if (!samples.name.equals(CONSUMER_LAG)) {
                families.computeIfAbsent(samples.name, name -> new Family(samples))
                        .add(store, step, samples);
            }
        }
    }

    private int step(long ms) {
        return Math.toIntExact((ms - firstStepMs) / steps.every().toMillis());
    }
}
