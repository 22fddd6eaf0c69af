package whisktape.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;
import whisktape.recording.Recording;

/** Finds out the {@link Quality} of a recording. */
final class QualityQuery {
    static final String SQL = """
            SELECT
              CASE
                WHEN in_base_set THEN NULL
                WHEN class NOT IN ('single', 'component') THEN class
                WHEN quality IS NOT NULL THEN quality
                ELSE 'never_ran'
              END AS left_out,
              found_in,
              count(*) AS invocations,
              sum(duplicates) AS duplicates,
              min(CASE WHEN in_base_set THEN arrive_est_ms END) AS from_ms,
              max(CASE WHEN in_base_set THEN end_est_ms END) AS until_ms,
              sum(CASE WHEN in_base_set THEN wait_ms END) AS wait_ms,
              sum(CASE WHEN in_base_set THEN init_ms END) AS init_ms,
              sum(CASE WHEN in_base_set THEN run_ms END) AS run_ms
            FROM invocations
            GROUP BY 1, 2
            ORDER BY invocations DESC, left_out, found_in
            """;

    private long rows;
    private long baseSet;
    private long duplicates;
    private final Map<String, Long> excluded = new LinkedHashMap<>();
    private final Map<String, Long> foundIn = new TreeMap<>(Map.of("both", 0L, "events", 0L, "couchdb", 0L));
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private double waitMs;
    private double initMs;
    private double runMs;

    private QualityQuery() {}

    static Quality run(Recording recording, Analysis analysis) {
        QualityQuery query = new QualityQuery();
        try (Rows found = analysis.query(SQL)) {
            found.forEachRemaining(query::add);
        }
        long unreadable = recording.segments().stream()
                .mapToLong(segment -> segment.counts().unreadable())
                .sum();
        return new Quality(
                query.rows,
                query.baseSet,
                query.excluded,
                query.foundIn,
                query.duplicates,
                unreadable,
                recording.manifest().gaps(),
                query.from,
                query.until,
                query.waitMs,
                query.initMs,
                query.runMs);
    }

    private void add(List<Object> row) {
        long invocations = number(row.get(2)).longValue();
        rows += invocations;
        if (row.get(0) == null) {
            baseSet += invocations;
        } else {
            excluded.merge((String) row.get(0), invocations, Long::sum);
        }
        foundIn.merge((String) row.get(1), invocations, Long::sum);
        duplicates += number(row.get(3)).longValue();
        from = Stream.concat(from.stream(), time(row.get(4))).min(Comparator.naturalOrder());
        until = Stream.concat(until.stream(), time(row.get(5))).max(Comparator.naturalOrder());
        waitMs += number(row.get(6)).doubleValue();
        initMs += number(row.get(7)).doubleValue();
        runMs += number(row.get(8)).doubleValue();
    }

    private static Stream<Instant> time(Object epochMs) {
        return Stream.ofNullable((Long) epochMs).map(Instant::ofEpochMilli);
    }

    private static Number number(Object value) {
        return value == null ? 0 : (Number) value;
    }
}
