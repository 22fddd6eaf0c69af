package whisktape.report;

import java.util.List;
import java.util.Locale;
import whisktape.statistics.Quantiles;

/** Which figure of a metric is compared. */
public enum ComparedStatistic {
    /** By how much a call of one side is typically above one of the other; stands beside both medians. */
    SHIFT(0.5),
    P50(0.5),
    P95(0.95),
    P99(0.99),
    SHARE(Double.NaN);

    static final List<ComparedStatistic> OF_TIMES = List.of(SHIFT, P50, P95, P99);

    /** Between figures of runs every change is a shift. */
    static final List<ComparedStatistic> OF_RUNS = List.of(P50, P95, P99);

    static final List<ComparedStatistic> OF_SHARES = List.of(SHARE);

    private final double quantile;

    ComparedStatistic(double quantile) {
        this.quantile = quantile;
    }

    /** Which quantile of both sides it is, or stands beside it; no number for shares. */
    double quantile() {
        return quantile;
    }

    /** How many calls a side must have. */
    public int callsNeeded() {
        return this == SHARE ? 1 : Quantiles.minimumRows(quantile, RecordingComparison.LEVEL);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
