package whisktape.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import whisktape.statistics.Rate;
import whisktape.statistics.RateInTime;
import whisktape.statistics.Sample;

/**
 * The calls of one action, or of all, in order of arrival: what happened to them is counted for all of them, their times are kept as far as
 * {@link ThinnedRows} goes.
 */
final class ComparedCalls {
    /** The call is in the base set, so that its times count. */
    static final int HAS_TIMES = 1;

    static final int IS_COLD = 2;
    static final int HAS_STATUS = 4;
    static final int FAILED = 8;
    static final int MAY_TIME_OUT = 16;
    static final int TIMED_OUT = 32;

    /** More than fit into memory: these were thinned before. */
    private static final int ALL_OF_THEM = 1_000_000 * 2 * ThinnedRows.STRETCH;

    private static final int WAIT = 0;
    private static final int INIT = 1;
    private static final int RUN = 2;
    private static final int FLAGS = 3;
    private static final int ACTION = 4;
    private static final int ACTION_OF_COLD = 1;

    private final ThinnedRows rows;

    /** Cold calls apart, because of many calls few are cold. */
    private final ThinnedRows cold;

    private final long[] counts = new long[TIMED_OUT + 1];

    ComparedCalls(int most) {
        rows = new ThinnedRows(ACTION + 1, most);
        cold = new ThinnedRows(2, most);
    }

    /**
     * Adds the next call.
     *
     * @param action a number for it
     * @param flags of the constants above; without {@link #HAS_TIMES} the times mean nothing
     */
    void add(int action, int waitMs, int initMs, int runMs, int flags) {
        rows.add(waitMs, initMs, runMs, flags, action);
        for (int flag = 1; flag <= TIMED_OUT; flag *= 2) {
            counts[flag] += (flags & flag) == 0 ? 0 : 1;
        }
        if ((flags & IS_COLD) != 0) {
            cold.add(initMs, action);
        }
    }

    int size() {
        return rows.size() + cold.size();
    }

    boolean isThinned() {
        return rows.size() < rows.seen();
    }

    void limit(int most) {
        rows.limit(most);
        cold.limit(most);
    }

    /** The calls of several runs, one run after the other, as if they were one. */
    static ComparedCalls together(List<ComparedCalls> runs) {
        if (runs.size() == 1) {
            return runs.get(0);
        }
        ComparedCalls all = new ComparedCalls(ALL_OF_THEM);
        long every = runs.stream().mapToLong(run -> run.rows.every()).max().orElse(1);
        long everyCold = runs.stream().mapToLong(run -> run.cold.every()).max().orElse(1);
        for (ComparedCalls run : runs) {
            run.rows.keepEvery(every);
            run.cold.keepEvery(everyCold);
            all.rows.addAll(run.rows);
            all.cold.addAll(run.cold);
            for (int flag = 1; flag <= TIMED_OUT; flag *= 2) {
                all.counts[flag] += run.counts[flag];
            }
        }
        return all;
    }

    /** How many calls the metric is taken of, those not kept among them. */
    long n(ComparedMetric metric) {
        return metric == ComparedMetric.INIT_MS
                ? counts[IS_COLD]
                : metric.isTime() ? counts[HAS_TIMES] : rate(metric).n();
    }

    /** The kept values of a time. */
    Sample sample(ComparedMetric metric) {
        return Sample.inTimeOrder(
                places(metric).mapToDouble(row -> value(metric, row)).toArray());
    }

    /** The same by the number of the action. */
    Map<Integer, Sample> samplesByAction(ComparedMetric metric) {
        ThinnedRows source = source(metric);
        int column = metric == ComparedMetric.INIT_MS ? ACTION_OF_COLD : ACTION;
        Map<Integer, DoubleStream.Builder> values = new TreeMap<>();
        places(metric)
                .forEach(row -> values.computeIfAbsent(source.get(column, row), key -> DoubleStream.builder())
                        .add(value(metric, row)));
        Map<Integer, Sample> samples = new TreeMap<>();
        values.forEach((action, times) ->
                samples.put(action, Sample.inTimeOrder(times.build().toArray())));
        return samples;
    }

    private ThinnedRows source(ComparedMetric metric) {
        return metric == ComparedMetric.INIT_MS ? cold : rows;
    }

    private IntStream places(ComparedMetric metric) {
        IntStream all = IntStream.range(0, source(metric).size());
        return metric == ComparedMetric.INIT_MS ? all : all.filter(row -> (rows.get(FLAGS, row) & HAS_TIMES) != 0);
    }

    private int value(ComparedMetric metric, int row) {
        return switch (metric) {
            case RESPONSE_MS -> rows.get(WAIT, row) + rows.get(INIT, row) + rows.get(RUN, row);
            case WAIT_MS -> rows.get(WAIT, row);
            case RUN_MS -> rows.get(RUN, row);
            case INIT_MS -> cold.get(0, row);
            default -> throw new IllegalArgumentException(metric + " is no time");
        };
    }

    Rate rate(ComparedMetric metric) {
        return new Rate(counts[hit(metric)], counts[among(metric)]);
    }

    /** The rate with what the kept calls say of bursts. */
    RateInTime rateInTime(ComparedMetric metric) {
        int among = among(metric);
        int hit = hit(metric);
        return RateInTime.of(
                rate(metric),
                Sample.inTimeOrder(IntStream.range(0, rows.size())
                        .filter(row -> (rows.get(FLAGS, row) & among) != 0)
                        .mapToDouble(row -> (rows.get(FLAGS, row) & hit) == 0 ? 0 : 1)
                        .toArray()));
    }

    private static int among(ComparedMetric metric) {
        return switch (metric) {
            case COLD_START_SHARE -> HAS_TIMES;
            case ERROR_SHARE -> HAS_STATUS;
            case TIMED_OUT_SHARE -> MAY_TIME_OUT;
            default -> throw new IllegalArgumentException(metric + " is no share of calls");
        };
    }

    private static int hit(ComparedMetric metric) {
        return switch (metric) {
            case COLD_START_SHARE -> IS_COLD;
            case ERROR_SHARE -> FAILED;
            case TIMED_OUT_SHARE -> TIMED_OUT;
            default -> throw new IllegalArgumentException(metric + " is no share of calls");
        };
    }
}
