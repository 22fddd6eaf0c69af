package whisktape.statistics;

import java.util.Optional;

/**
 * How far Cliff's delta strays from 0 by chance, for rows that depend on their neighbours.
 *
 * <p>Delta is, but for what vanishes, the mean of one placement for each row (what share of the other side it is above, less what
 * share it is below), so that its variance is that of two means (Sen, 1967; DeLong and others, Biometrics, 1988), which come from
 * blocks. Chance is where there is no shift: the samples are first moved onto each other, or samples that hardly overlap would seem
 * sure of themselves however few bursts they are.
 */
record DeltaSpread(double deviation, Freedom freedom) {

    /** Empty where there is no spread at all, as of constants. */
    static Optional<DeltaSpread> of(Sample before, Sample after) {
        double shift = HodgesLehmann.shift(before, after).orElseThrow();
        double[] moved = new double[after.size()];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = after.values()[i] - shift;
        }
        Sample same = Sample.inTimeOrder(moved);
        // Placements rise with the values, so what keeps the ones together keeps the others.
        int blockBefore = BlockLength.of(before, 0.5);
        int blockAfter = BlockLength.of(after, 0.5);
        double ofBefore = MeanOfBlocks.variance(placements(before.values(), same.sorted()), blockBefore);
        double ofAfter = MeanOfBlocks.variance(placements(same.values(), before.sorted()), blockAfter);
        double variance = ofBefore + ofAfter;
        return variance > 0
                ? Optional.of(new DeltaSpread(
                        Math.sqrt(variance),
                        Freedom.ofBoth(
                                ofBefore,
                                Freedom.ofBlocks(before.size(), blockBefore),
                                ofAfter,
                                Freedom.ofBlocks(after.size(), blockAfter))))
                : Optional.empty();
    }

    /** How far delta may be from 0 at this level, without there being a shift. */
    double reach(double level) {
        return deviation * freedom.reach(level);
    }

    double pValue(double delta) {
        return freedom.pValue(delta / deviation);
    }

    private static double[] placements(double[] values, double[] others) {
        double[] placements = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            placements[i] =
                    ((double) below(others, values[i], false) + below(others, values[i], true)) / others.length - 1;
        }
        return placements;
    }

    /** How many of the sorted values are below the bound, or at most it. */
    private static int below(double[] sorted, double bound, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound || orEqual && sorted[middle] == bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
