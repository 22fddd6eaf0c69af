package whisktape.statistics;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every machine and in every order of asking.
 *
 * <p>The numbers are SplitMix64's (Steele, Lea and Flood, OOPSLA 2014), as {@link SplittableRandom#nextLong()} gives them; what is
 * made of them is written here, because Java's own bounded draws are not part of its promise. A comparison draws from a
 * stream of its own, made of the seed and the comparison's name: one more action in a recording changes no figure of another.
 * Intervals are thereby the same to the last bit everywhere; p-values come from the machine's logarithms, so print them rounded.
 */
public final class Draws {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Between two names, so that "a", "bc" is not "ab", "c"; a character that no text has. */
    private static final char END = '\uffff';

    private final SplittableRandom random;

    private Draws(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * The stream of one subject.
     *
     * @param seed the seed of all of a report; whoever prints the report prints it
     * @param subject what is computed, such as the action and the metric
     */
    public static Draws of(long seed, String... subject) {
        if (subject.length == 0) {
            return new Draws(seed);
        }
        long hash = FNV_OFFSET;
        for (String name : subject) {
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ END) * FNV_PRIME;
        }
        // Through the generator, since neighbouring seeds and similar names must not give neighbouring streams.
        return new Draws(new SplittableRandom(seed ^ hash).nextLong());
    }

    long next() {
        return random.nextLong();
    }

    /** A whole number from 0 to below {@code bound}; how unevenly is below one in 2^32. */
    int below(int bound) {
        return (int) Math.multiplyHigh(random.nextLong() >>> 1, (long) bound << 1);
    }

    /** Puts the values into a random order (Fisher and Yates). */
    void shuffle(double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = below(i + 1);
            double value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }
}
