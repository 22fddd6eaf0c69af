package whisktape.metrics;

import java.util.ArrayList;
import java.util.List;

/** The lines of one event, each typed as Kamon's reporters type it. */
final class StatsdLines {
    private final StatsdTags style;
    private final List<String> lines = new ArrayList<>();

    StatsdLines(StatsdTags style) {
        this.style = style;
    }

    void count(StatsdSeries series) {
        lines.add(series.line(1, "c"));
    }

    /** Milliseconds; below 0 neither Kamon nor StatsD takes them. */
    void time(StatsdSeries series, long ms) {
        if (ms >= 0) {
            lines.add(series.line(ms, "ms"));
        }
    }

    /** Any other number of which the distribution matters: StatsD has but one type for that, and Kamon uses it. */
    void distribute(StatsdSeries series, long number) {
        if (number >= 0) {
            lines.add(series.line(number, style == StatsdTags.DATADOG ? "h" : "ms"));
        }
    }

    void set(StatsdSeries series, long value) {
        if (value < 0 && style == StatsdTags.NONE) {
            // To StatsD a sign means by how much to change, so it has to begin at 0.
            lines.add(series.line(0, "g"));
        }
        lines.add(series.line(value, "g"));
    }

    List<String> toList() {
        return List.copyOf(lines);
    }
}
