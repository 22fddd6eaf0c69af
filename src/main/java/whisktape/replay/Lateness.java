package whisktape.replay;

/**
 * How late records were handed over, as counts in buckets that grow with the value: 64 to each doubling, so that a
 * percentile is at most 1.6 % too large, whatever the number of records.
 */
final class Lateness {
    private static final int BITS = 6;
    private static final int BUCKETS_PER_DOUBLING = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * BUCKETS_PER_DOUBLING];
    private long count;
    private long maxNanos;

    void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        maxNanos = Math.max(maxNanos, nanos);
    }

    /** The smallest value that so many percent do not exceed; 0 where nothing was added. */
    long percentileNanos(double percent) {
        long wanted = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length && wanted > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return Math.min(maxNanos, largestIn(bucket));
            }
        }
        return 0;
    }

    long maxNanos() {
        return maxNanos;
    }

    private static int bucket(long nanos) {
        if (nanos < BUCKETS_PER_DOUBLING) {
            return (int) Math.max(0, nanos);
        }
        int doublings = Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(nanos);
        return doublings * BUCKETS_PER_DOUBLING + (int) (nanos >>> doublings);
    }

    private static long largestIn(int bucket) {
        if (bucket < BUCKETS_PER_DOUBLING) {
            return bucket;
        }
        int doublings = bucket / BUCKETS_PER_DOUBLING - 1;
        long mantissa = bucket - (long) doublings * BUCKETS_PER_DOUBLING;
        return ((mantissa + 1) << doublings) - 1;
    }
}
