package whisktape.lab;

import java.util.SplittableRandom;

/** How long something takes, as a distribution to draw from. */
public sealed interface SimulatedTime {
    long MICROS_PER_MS = 1_000;

    /** One draw, in microseconds. */
    long drawMicros(SplittableRandom random);

    /** The same distribution, this many times as long. */
    SimulatedTime times(double factor);

    /** Always the same. */
    static SimulatedTime fixed(double ms) {
        return new Fixed(ms);
    }

    /**
     * Skewed to the right, as most work is.
     *
     * @param sigma standard deviation of the logarithm: 0.3 is steady, 1 varies widely
     */
    static SimulatedTime lognormal(double medianMs, double sigma) {
        return new Lognormal(medianMs, sigma);
    }

    /** Anything between the two. */
    static SimulatedTime uniform(double fromMs, double toMs) {
        return new Uniform(fromMs, toMs);
    }

    /** Usually the one, in this share of cases the other. */
    static SimulatedTime bimodal(SimulatedTime usual, double share, SimulatedTime other) {
        return new Bimodal(usual, share, other);
    }

    /** Always the same. */
    record Fixed(double ms) implements SimulatedTime {
        @Override
        public long drawMicros(SplittableRandom random) {
            return Math.round(ms * MICROS_PER_MS);
        }

        @Override
        public SimulatedTime times(double factor) {
            return new Fixed(ms * factor);
        }
    }

    /** See {@link #lognormal}. */
    record Lognormal(double medianMs, double sigma) implements SimulatedTime {
        @Override
        public long drawMicros(SplittableRandom random) {
            // Math.exp may differ in its last bit from machine to machine, and the output shall not.
            return (long) (medianMs * MICROS_PER_MS * StrictMath.exp(sigma * random.nextGaussian()));
        }

        @Override
        public SimulatedTime times(double factor) {
            return new Lognormal(medianMs * factor, sigma);
        }
    }

    /** See {@link #uniform}. */
    record Uniform(double fromMs, double toMs) implements SimulatedTime {
        @Override
        public long drawMicros(SplittableRandom random) {
            return (long) (MICROS_PER_MS * (fromMs + (toMs - fromMs) * random.nextDouble()));
        }

        @Override
        public SimulatedTime times(double factor) {
            return new Uniform(fromMs * factor, toMs * factor);
        }
    }

    /** See {@link #bimodal}. */
    record Bimodal(SimulatedTime usual, double share, SimulatedTime other) implements SimulatedTime {
        @Override
        public long drawMicros(SplittableRandom random) {
            return (random.nextDouble() < share ? other : usual).drawMicros(random);
        }

        @Override
        public SimulatedTime times(double factor) {
            return new Bimodal(usual.times(factor), share, other.times(factor));
        }
    }
}
