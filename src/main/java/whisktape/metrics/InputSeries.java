package whisktape.metrics;

/**
 * A series in the notation of {@code promtool test rules}: {@code _x4 0x9 1+2x3} are four steps without a sample, ten times 0, then 1, 3,
 * 5 and 7.
 */
final class InputSeries {
    private static final int TOO_SHORT = 2;

    private final StringBuilder text = new StringBuilder();
    private double first;
    private double last;
    private double difference;
    private int steps;

    private InputSeries() {}

    /** One series of a metric, from the first step of a run to its last. */
    static String of(Metric metric, int index, int lastStep) {
        Metric.Walk walk = metric.walk();
        InputSeries series = new InputSeries();
        if (walk.first() > 0) {
            series.append("_x" + walk.first());
        }
        for (int step = walk.first(); step <= lastStep; step++) {
            walk.moveTo(step);
            series.add(walk.value(index));
        }
        series.endRun();
        return series.text.toString();
    }

    private void add(double value) {
        if (steps == 1 && isRun(value - last, value)) {
            difference = value - last;
        }
        if (steps > 0 && isRun(difference, value) && last + difference == value) {
            steps++;
        } else if (steps == TOO_SHORT && difference != 0) {
            // The second of two may begin a longer run.
            append(SeriesNames.number(first));
            first = last;
            difference = 0;
            steps = 1;
            add(value);
        } else {
            endRun();
            first = value;
            difference = 0;
            steps = 1;
        }
        last = value;
    }

    /** promtool adds up, which is exact with whole numbers; others only stay or change. */
    private boolean isRun(double step, double value) {
        return step == 0 || isWhole(step) && isWhole(value) && isWhole(last);
    }

    private void endRun() {
        if (steps == TOO_SHORT && difference != 0) {
            append(SeriesNames.number(first));
            append(SeriesNames.number(last));
        } else if (steps > 1) {
            String sign = difference < 0 ? "-" : "+";
            append(SeriesNames.number(first) + sign + SeriesNames.number(Math.abs(difference)) + "x" + (steps - 1));
        } else if (steps == 1) {
            append(SeriesNames.number(first));
        }
        steps = 0;
    }

    private void append(String run) {
        text.append(text.isEmpty() ? "" : " ").append(run);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && !Double.isInfinite(value);
    }
}
