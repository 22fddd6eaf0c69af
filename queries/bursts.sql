-- The five greatest bursts of arrivals.
--
-- A burst is a run of neighbouring seconds in each of which a namespace called at least twice as often as in the mean
-- of all seconds, and more often than chance would have it: by five calls, and by five standard deviations of chance.
--
-- Report:    R08 Bursts
-- Answers:   when did most calls of one caller come at once, and did they wait, start cold, or get refused for it?
-- Reads:     invocations, events
-- Columns:   began (UTC), seconds, namespace, n (arrivals), peak_per_s, mean_per_s (of this namespace, all seconds),
--            wait_ms_p50 (of its calls that arrived then), wait_ms_p95, cold_share, refused (its throttled calls then)
-- Next:      Where waits or cold starts are far above the usual (R01, R02) the burst is what hurts: smooth it, raise
--            limits, or prewarm ahead of it.
WITH seconds AS (
  SELECT namespace, CAST(floor(arrive_est_ms / 1000.0) AS BIGINT) AS second, count(*) AS arrived
  FROM invocations
  WHERE class IN ('single', 'sequence', 'composition') AND caused_by IS NULL AND arrive_est_ms IS NOT NULL
    AND (quality IS NULL OR class <> 'single')
  GROUP BY namespace, CAST(floor(arrive_est_ms / 1000.0) AS BIGINT)
),
usual AS (
  SELECT namespace AS caller, CAST(sum(arrived) AS DOUBLE) / max(span_s) AS mean
  FROM seconds
  CROSS JOIN (SELECT max(second) - min(second) + 1 AS span_s FROM seconds) span
  GROUP BY namespace
),
high AS (
  SELECT
    namespace,
    second,
    arrived,
    mean,
    second - row_number() OVER (PARTITION BY namespace ORDER BY second) AS run
  FROM seconds
  JOIN usual ON caller = namespace
  WHERE arrived >= 2 * mean AND arrived >= mean + 5 AND arrived >= mean + 5 * sqrt(mean)
),
greatest_runs AS (
  SELECT
    namespace AS caller,
    min(second) AS first_second,
    max(second) AS last_second,
    sum(arrived) AS n,
    max(arrived) AS peak,
    max(mean) AS mean
  FROM high
  GROUP BY namespace, run
  ORDER BY n DESC, first_second, caller
  LIMIT 5
),
waits AS (
  SELECT
    caller,
    first_second,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p50,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p95,
    round(CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / count(*), 4) AS cold_share
  FROM invocations
  JOIN greatest_runs
    ON caller = namespace AND arrive_est_ms >= first_second * 1000 AND arrive_est_ms < (last_second + 1) * 1000
  WHERE in_base_set
  GROUP BY caller, first_second
),
refusals AS (
  SELECT caller, first_second, count(*) AS refused
  FROM events
  JOIN greatest_runs
    ON caller = namespace AND event_time_ms >= first_second * 1000 AND event_time_ms < (last_second + 1) * 1000
  WHERE metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')
  GROUP BY caller, first_second
)
SELECT
  to_timestamp(g.first_second) AS began,
  g.last_second - g.first_second + 1 AS seconds,
  g.caller AS namespace,
  CAST(g.n AS BIGINT) AS n,
  CAST(g.peak AS BIGINT) AS peak_per_s,
  round(g.mean, 2) AS mean_per_s,
  w.wait_ms_p50,
  w.wait_ms_p95,
  w.cold_share,
  coalesce(r.refused, 0) AS refused
FROM greatest_runs g
LEFT JOIN waits w ON w.caller = g.caller AND w.first_second = g.first_second
LEFT JOIN refusals r ON r.caller = g.caller AND r.first_second = g.first_second
ORDER BY n DESC, began, namespace;
