package whisktape.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;
import whisktape.recording.Recording;
import whisktape.statistics.Rate;
import whisktape.statistics.RateInTime;
import whisktape.statistics.Sample;

/** Reads the calls of one recording, in order of arrival and once, by action and all together. */
final class RunReader {
    /** Of one action; more would narrow no interval below what matters. */
    private static final int MOST_OF_AN_ACTION = 50 * 2 * ThinnedRows.STRETCH;

    private static final int MOST_OF_ALL = 100 * 2 * ThinnedRows.STRETCH;
    private static final int MOST_REQUESTS = 250 * 2 * ThinnedRows.STRETCH;
    private static final int ROWS_BETWEEN_CHECKS = 1 << 16;

    /**
     * Every activation, and every request that was refused. In order of arrival, which for a refused request is when it was
     * refused.
     */
    private static final String SQL = """
            SELECT
              coalesce(action, '') AS action,
              CASE
                WHEN in_base_set THEN NULL
                WHEN class NOT IN ('single', 'component') THEN class
                WHEN quality IS NOT NULL THEN quality
                ELSE 'never_ran'
              END AS left_out,
              class IN ('single', 'component') AS is_run,
              class IN ('single', 'sequence', 'composition', 'trigger') AS is_request,
              wait_ms,
              init_ms,
              run_ms,
              is_cold,
              status_code <> 0 AS failed,
              timed_out,
              arrive_est_ms AS at_ms,
              activation_id,
              event_incarnation,
              event_partition,
              event_offset
            FROM invocations
            UNION ALL
            SELECT
              NULL, NULL, false, true, NULL, NULL, NULL, NULL, NULL, NULL,
              e.event_time_ms, NULL, e.incarnation, e.partition, e.offset
            FROM events e
            WHERE e.metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')
            ORDER BY at_ms NULLS LAST, activation_id, event_incarnation, event_partition, event_offset
            """;

    private static final int ACTION = 0;
    private static final int LEFT_OUT = 1;
    private static final int IS_RUN = 2;
    private static final int IS_REQUEST = 3;
    private static final int WAIT = 4;
    private static final int INIT = 5;
    private static final int RUN = 6;
    private static final int IS_COLD = 7;
    private static final int FAILED = 8;
    private static final int TIMED_OUT = 9;
    private static final int AT = 10;

    private final Map<String, ComparedCalls> actions = new TreeMap<>();
    private final Map<String, Integer> numbers;
    private final ComparedCalls all = new ComparedCalls(MOST_OF_ALL);
    private final ThinnedRows requests = new ThinnedRows(1, MOST_REQUESTS);
    private final long budget;
    private int mostOfAnAction = MOST_OF_AN_ACTION;
    private long rows;
    private long used;
    private long refused;
    private final Map<String, Long> excluded = new TreeMap<>();
    private Long fromMs;
    private Long untilMs;

    private RunReader(Map<String, Integer> numbers, long budget) {
        this.numbers = numbers;
        this.budget = budget;
    }

    /**
     * The calls of one run.
     *
     * @param run what is said of it
     * @param actions by name
     * @param all of them, numbered by action
     * @param requests refused ones among those from outside
     */
    record Calls(ComparedRun run, Map<String, ComparedCalls> actions, ComparedCalls all, RateInTime requests) {}

    /**
     * Reads a recording.
     *
     * @param numbers the number of each action; new ones are added
     * @param budget how many calls of all actions together are to be kept
     */
    static Calls read(Recording recording, Map<String, Integer> numbers, long budget) {
        RunReader reader = new RunReader(numbers, budget);
        try (Analysis analysis = Analysis.open(recording);
                Rows found = analysis.query(SQL)) {
            found.forEachRemaining(reader::add);
        }
        return new Calls(reader.run(recording.name()), reader.actions, reader.all, reader.requests());
    }

    private void add(List<Object> row) {
        if (is(row.get(IS_REQUEST))) {
            boolean isRefused = row.get(ACTION) == null;
            requests.add(isRefused ? 1 : 0);
            refused += isRefused ? 1 : 0;
        }
        if (row.get(ACTION) == null) {
            return;
        }
        rows++;
        boolean isUsed = row.get(LEFT_OUT) == null;
        if (isUsed) {
            used++;
            fromMs = fromMs == null ? (Long) row.get(AT) : fromMs;
            untilMs = (Long) row.get(AT);
        } else {
            excluded.merge((String) row.get(LEFT_OUT), 1L, Long::sum);
        }
        if (is(row.get(IS_RUN))) {
            add(row, isUsed);
        }
        if (rows % ROWS_BETWEEN_CHECKS == 0) {
            keepToBudget();
        }
    }

    private void add(List<Object> row, boolean isUsed) {
        String name = (String) row.get(ACTION);
        int action = numbers.computeIfAbsent(name, key -> numbers.size());
        int wait = isUsed ? whole(row.get(WAIT)) : 0;
        int init = isUsed ? whole(row.get(INIT)) : 0;
        int run = isUsed ? whole(row.get(RUN)) : 0;
        int flags = flags(row, isUsed);
        actions.computeIfAbsent(name, key -> new ComparedCalls(mostOfAnAction)).add(action, wait, init, run, flags);
        all.add(action, wait, init, run, flags);
    }

    private static int flags(List<Object> row, boolean isUsed) {
        int flags = isUsed ? ComparedCalls.HAS_TIMES : 0;
        flags |= isUsed && is(row.get(IS_COLD)) ? ComparedCalls.IS_COLD : 0;
        flags |= row.get(FAILED) == null ? 0 : ComparedCalls.HAS_STATUS;
        flags |= is(row.get(FAILED)) ? ComparedCalls.FAILED : 0;
        flags |= isUsed && row.get(TIMED_OUT) != null ? ComparedCalls.MAY_TIME_OUT : 0;
        flags |= isUsed && is(row.get(TIMED_OUT)) ? ComparedCalls.TIMED_OUT : 0;
        return flags;
    }

    /** Rows of the base set are days at most, so they fit. */
    private static int whole(Object value) {
        return Math.toIntExact((Long) value);
    }

    private static boolean is(Object value) {
        return value != null && (Boolean) value;
    }

    private void keepToBudget() {
        while (mostOfAnAction > 2 * ThinnedRows.STRETCH
                && actions.values().stream().mapToLong(ComparedCalls::size).sum() > budget) {
            mostOfAnAction = Math.max(1, mostOfAnAction / (4 * ThinnedRows.STRETCH)) * 2 * ThinnedRows.STRETCH;
            actions.values().forEach(calls -> calls.limit(mostOfAnAction));
        }
    }

    private ComparedRun run(String name) {
        return new ComparedRun(
                name,
                rows,
                used,
                excluded,
                Optional.ofNullable(fromMs).map(Instant::ofEpochMilli),
                Optional.ofNullable(untilMs).map(Instant::ofEpochMilli));
    }

    private RateInTime requests() {
        double[] series = new double[requests.size()];
        for (int i = 0; i < series.length; i++) {
            series[i] = requests.get(0, i);
        }
        return RateInTime.of(new Rate(refused, requests.seen()), Sample.inTimeOrder(series));
    }
}
