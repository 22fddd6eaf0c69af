package whisktape.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * How much of a change is a change of what was called, and not of how it ran.
 *
 * <p>The rows after are weighted so that every stratum (an action, say) has the weight that it had before; what the figure still differs by is
 * {@link #within}, the rest of the change is {@link #mix} (direct standardisation; for quantiles in the manner of DiNardo, Fortin and
 * Lemieux, Econometrica, 1996). Only strata that are on both sides can be compared; the others are left out of all three.
 *
 * @param pooled the change of the figure over all rows, in the values' unit
 * @param within the change that is left with the mix of before
 * @param strata how many strata are on both sides
 * @param opposed how many of them changed against {@code pooled}
 */
public record MixShift(double pooled, double within, int strata, int opposed) {
    /** One part of the rows on both sides. */
    public record Stratum(Sample before, Sample after) {}

    /** One part of the calls on both sides, as rates. */
    public record RateStratum(Rate before, Rate after) {}

    /** The change that comes from the mix alone. */
    public double mix() {
        return pooled - within;
    }

    /** Simpson's reversal: the total says the opposite of its parts, of all of them or of them on balance. */
    public boolean isReversed() {
        return pooled * within < 0 || strata > 0 && opposed == strata;
    }

    /** The shift behind a change of the quantile {@code p}; empty if no stratum is on both sides. */
    public static Optional<MixShift> ofQuantile(List<Stratum> parts, double p) {
        Quantiles.requireShare(p);
        List<Stratum> shared = parts.stream()
                .filter(part -> !part.before().isEmpty() && !part.after().isEmpty())
                .toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        double before = quantile(shared, p, Side.BEFORE);
        double pooled = quantile(shared, p, Side.AFTER) - before;
        long opposed = shared.stream()
                .mapToDouble(part -> Quantiles.ofSorted(part.after().sorted(), p)
                        - Quantiles.ofSorted(part.before().sorted(), p))
                .filter(change -> change * pooled < 0)
                .count();
        return Optional.of(
                new MixShift(pooled, quantile(shared, p, Side.STANDARDISED) - before, shared.size(), (int) opposed));
    }

    /** The shift behind a change of a rate; empty if no stratum is on both sides. */
    public static Optional<MixShift> ofRate(List<RateStratum> parts) {
        List<RateStratum> shared = parts.stream()
                .filter(part -> part.before().n() > 0 && part.after().n() > 0)
                .toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        double rowsBefore =
                shared.stream().mapToDouble(part -> part.before().n()).sum();
        double rowsAfter = shared.stream().mapToDouble(part -> part.after().n()).sum();
        double before = 0;
        double after = 0;
        double standardised = 0;
        for (RateStratum part : shared) {
            before += part.before().hits() / rowsBefore;
            after += part.after().hits() / rowsAfter;
            standardised += share(part.after()) * part.before().n() / rowsBefore;
        }
        double pooled = after - before;
        long opposed = shared.stream()
                .filter(part -> (share(part.after()) - share(part.before())) * pooled < 0)
                .count();
        return Optional.of(new MixShift(pooled, standardised - before, shared.size(), (int) opposed));
    }

    private static double share(Rate rate) {
        return (double) rate.hits() / rate.n();
    }

    private enum Side {
        BEFORE,
        AFTER,
        STANDARDISED
    }

    /** The rows of one stratum, smallest first. */
    private static final class Cursor {
        private final double[] sorted;
        private final double weight;
        private int at;

        Cursor(double[] sorted, double weight) {
            this.sorted = sorted;
            this.weight = weight;
        }

        static Cursor of(Stratum part, Side side) {
            return switch (side) {
                case BEFORE -> new Cursor(part.before().sorted(), 1);
                case AFTER -> new Cursor(part.after().sorted(), 1);
                case STANDARDISED ->
                    new Cursor(
                            part.after().sorted(),
                            (double) part.before().size() / part.after().size());
            };
        }

        double value() {
            return sorted[at];
        }

        double weight() {
            return weight;
        }
    }

    /**
     * The quantile with weights that becomes {@link Quantiles}' where they are equal: the k-th smallest of n values stands at {@code (k - 1)} times
     * its own weight and {@code (n - 1)} times the weight of all before it.
     */
    private static double quantile(List<Stratum> parts, double p, Side side) {
        PriorityQueue<Cursor> cursors =
                new PriorityQueue<>(Comparator.comparingDouble(Cursor::value).thenComparingDouble(Cursor::weight));
        parts.forEach(part -> cursors.add(Cursor.of(part, side)));
        int n = cursors.stream().mapToInt(cursor -> cursor.sorted.length).sum();
        double[] values = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            Cursor least = cursors.remove();
            values[i] = least.value();
            weights[i] = least.weight;
            if (++least.at < least.sorted.length) {
                cursors.add(least);
            }
        }
        return quantile(values, weights, p);
    }

    private static double quantile(double[] values, double[] weights, double p) {
        int n = values.length;
        double total = 0;
        for (int i = 0; i < n - 1; i++) {
            total += weights[i];
        }
        double wanted = p * ((n - 1) * total + (n - 1) * weights[n - 1]);
        double passed = 0;
        double here = 0;
        for (int i = 0; i < n - 1; i++) {
            passed += weights[i];
            double next = (i + 1) * weights[i + 1] + (n - 1) * passed;
            if (wanted < next) {
                return Quantiles.between(values[i], values[i + 1], Math.max(0, (wanted - here) / (next - here)));
            }
            here = next;
        }
        return values[n - 1];
    }
}
