package whisktape.metrics;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Which labels and buckets the families have. */
public enum Labelling {
    /**
     * As user-events has them: an action's series bear the initiator, kind and memory of the first event seen for it, whatever comes
     * later, and nothing above 10 s is told apart.
     */
    COMPATIBLE,

    /**
     * With the labels {@code invoker} and {@code cold}, each event under its own labels, and buckets from 1 ms to 5 min. The names
     * stay, and so do user-events' buckets among the others, so queries that aggregate by label go on working.
     */
    IMPROVED;

    /** The Java client's own default, in seconds. */
    private static final double[] COMPATIBLE_SECONDS = {.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
    };

    private static final double[] MORE_SECONDS = {.001, .0025, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300};

    private static final int MEBIBYTE = 1 << 20;

    /** Upper bounds of the histograms of times, in seconds, without infinity. */
    double[] secondsBuckets() {
        return this == COMPATIBLE
                ? COMPATIBLE_SECONDS.clone()
                : DoubleStream.concat(DoubleStream.of(COMPATIBLE_SECONDS), DoubleStream.of(MORE_SECONDS))
                        .sorted()
                        .toArray();
    }

    /** Upper bounds of the histogram of response sizes; user-events counts in mebibytes, of which a response has at most one. */
    double[] sizeBuckets() {
        return this == COMPATIBLE
                ? DoubleStream.iterate(0, bound -> bound + MEBIBYTE).limit(10).toArray()
                : DoubleStream.iterate(64, bound -> bound <= MEBIBYTE, bound -> bound * 4)
                        .toArray();
    }

    /** These labels, and behind them those that only {@link #IMPROVED} has. */
    String[] labels(String[] common, String... improved) {
        if (this == COMPATIBLE) {
            return common;
        }
        String[] all = Arrays.copyOf(common, common.length + improved.length);
        System.arraycopy(improved, 0, all, common.length, improved.length);
        return all;
    }
}
