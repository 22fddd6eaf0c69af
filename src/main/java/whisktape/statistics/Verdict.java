package whisktape.statistics;

import java.util.Optional;

/**
 * What may be said of a change.
 *
 * @param outcome the answer
 * @param floor how much the figure must have changed to matter, in its own unit
 * @param looks how many comparisons were made beside each other, this one among them
 * @param withinRun true if there were too few runs a side to speak of more than these runs
 */
public record Verdict(Outcome outcome, double floor, int looks, boolean withinRun) {
    /** Rows of one run are not repetitions of it; with fewer runs a side than this, a verdict is about these runs. */
    public static final int ENOUGH_RUNS = 5;

    /** The answers, with the words to print. */
    public enum Outcome {
        BETTER("better"),
        WORSE("worse"),
        /** Shown, not presumed: all of the interval is below the floor. */
        NO_CHANGE("no change"),
        /** Too few rows, too much noise, or a change whose size may or may not matter. */
        CANNOT_TELL("cannot tell");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Which direction is good. */
    public enum Polarity {
        LOWER_IS_BETTER,
        HIGHER_IS_BETTER
    }

    /**
     * What is too little to matter: less than the larger of a share of the value before and an amount.
     *
     * @param share of the value before
     * @param amount in the value's unit
     */
    public record Floor(double share, double amount) {
        /** 5 % and 2 ms, for times in milliseconds: whole milliseconds carry no claim below that. */
        public static final Floor OF_TIMES = new Floor(0.05, 2);

        /** 5 % of the rate before and one in a hundred, for shares from 0 to 1. */
        public static final Floor OF_RATES = new Floor(0.05, 0.01);

        /** In the value's unit. */
        public double of(double before) {
            return Math.max(share * Math.abs(before), amount);
        }
    }

    /**
     * A change as measured; all but p in the figure's unit.
     *
     * @param before the figure before
     * @param difference after less before
     * @param interval for the difference; empty if there are too few rows for one
     * @param adjustedP of no difference, adjusted for the number of looks
     */
    public record Change(double before, double difference, Optional<Interval> interval, double adjustedP) {}

    /**
     * How changes are judged in one report.
     *
     * @param floor what is too little to matter
     * @param polarity which direction is good
     * @param risk up to which adjusted p a change is believed, such as 0.05
     * @param looks how many comparisons the report makes
     * @param runsASide how many runs, each a sample of the platform, each side has
     */
    public record Judge(Floor floor, Polarity polarity, double risk, int looks, int runsASide) {
        /**
         * Better or worse if the interval leaves out zero, the adjusted p is at most the risk and the difference reaches the floor. No change if
         * the whole interval is below the floor. Otherwise nobody can tell.
         */
        public Verdict of(Change change) {
            double least = floor.of(change.before());
            return new Verdict(outcome(change, least), least, looks, runsASide < ENOUGH_RUNS);
        }

        private Outcome outcome(Change change, double least) {
            if (change.interval().isEmpty()) {
                return Outcome.CANNOT_TELL;
            }
            Interval interval = change.interval().get();
            if (interval.isWithin(least)) {
                return Outcome.NO_CHANGE;
            }
            boolean isReal = !interval.contains(0) && change.adjustedP() <= risk;
            if (!isReal || Math.abs(change.difference()) < least) {
                return Outcome.CANNOT_TELL;
            }
            return change.difference() < 0 == (polarity == Polarity.LOWER_IS_BETTER) ? Outcome.BETTER : Outcome.WORSE;
        }
    }

    /** As printed: the answer, and {@code within-run} where that is all it is about. */
    public String words() {
        return outcome.words() + (withinRun ? " (within-run)" : "");
    }
}
