-- The wait of warm calls by how many calls were in flight when they came.
--
-- In flight is what had arrived and had not ended when the tenth of a second began in which the call came; so a call
-- does not count itself, nor those that came with it. Of every four times of load there are four steps: 1, 1.4, 2, 2.8,
-- 4 …
--
-- Report:    R05 Wait against load
-- Answers:   does waiting grow with the load, and from which load on?
-- Reads:     invocations
-- Columns:   in_flight_from (calls in flight, of the whole platform), in_flight_until, n, wait_ms_p50, wait_ms_p95,
--            wait_ms_p99, long_share (waits above 50 ms), is_knee (the first step whose p95 is at least 10 ms and twice
--            the p95 of the lowest step that has one)
-- Next:      At a knee the platform has its limit: add invokers or memory, or spread the arrivals (R08). Without a knee
--            the load is not what calls wait for.
WITH changes AS (
  SELECT CAST(floor(arrive_est_ms / 100.0) AS BIGINT) AS step, 1 AS change
  FROM invocations
  WHERE in_base_set
  UNION ALL
  SELECT CAST(floor(end_est_ms / 100.0) AS BIGINT) AS step, -1 AS change
  FROM invocations
  WHERE in_base_set
),
levels AS (
  SELECT step, sum(sum(change)) OVER (ORDER BY step) - sum(change) AS in_flight
  FROM changes
  GROUP BY step
),
waits AS (
  SELECT
    CASE WHEN in_flight > 0 THEN CAST(floor(2 * log2(in_flight) + 0.000001) AS BIGINT) ELSE -1 END AS load_step,
    in_flight,
    wait_ms
  FROM invocations
  JOIN levels ON step = CAST(floor(arrive_est_ms / 100.0) AS BIGINT)
  WHERE in_base_set AND NOT is_cold AND NOT coalesce(overlaps_init, false)
),
steps AS (
  SELECT
    load_step,
    CAST(min(in_flight) AS BIGINT) AS in_flight_from,
    CAST(max(in_flight) AS BIGINT) AS in_flight_until,
    count(*) AS n,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p50,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p95,
    CASE WHEN count(*) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p99,
    round(CAST(count(*) FILTER (WHERE wait_ms > 50) AS DOUBLE) / count(*), 4) AS long_share
  FROM waits
  GROUP BY load_step
),
doubled AS (
  SELECT min(s.load_step) AS knee
  FROM steps s
  CROSS JOIN (SELECT min(load_step) AS load_step FROM steps WHERE wait_ms_p95 IS NOT NULL) lowest
  JOIN steps base ON base.load_step = lowest.load_step
  WHERE s.wait_ms_p95 >= 10 AND s.wait_ms_p95 >= 2 * base.wait_ms_p95
)
SELECT
  in_flight_from,
  in_flight_until,
  n,
  wait_ms_p50,
  wait_ms_p95,
  wait_ms_p99,
  long_share,
  coalesce(load_step = knee, false) AS is_knee
FROM steps
CROSS JOIN doubled
ORDER BY in_flight_from;
