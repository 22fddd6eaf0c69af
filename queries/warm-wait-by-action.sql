-- The wait of warm calls by action, most waiting first.
--
-- A warm call waits for nothing but its turn. Left out are calls that waited for another one's initialisation
-- (overlaps_init). Long is a wait above 50 ms and above ten times the action's median.
--
-- Report:    R04 Queueing
-- Answers:   how long do calls wait for which a container was there, and how many of them wait long?
-- Reads:     invocations
-- Columns:   action, n, wait_ms_p50, wait_ms_p95, wait_ms_p99, wait_ms_max, long_n, long_share, long_ms (waited by the
--            long ones together)
-- Next:      Waits that grow with the load lead to R05 and R06. One that is long all the time is the bus, a clock
--            (R29), or a controller; one after a pause leads to R11.
SELECT
  action,
  count(*) AS n,
  max(p50) AS wait_ms_p50,
  max(p95) AS wait_ms_p95,
  max(p99) AS wait_ms_p99,
  max(wait_ms) AS wait_ms_max,
  count(*) FILTER (WHERE wait_ms > 50 AND wait_ms > 10 * median_ms) AS long_n,
  round(CAST(count(*) FILTER (WHERE wait_ms > 50 AND wait_ms > 10 * median_ms) AS DOUBLE) / count(*), 4) AS long_share,
  CAST(coalesce(sum(wait_ms) FILTER (WHERE wait_ms > 50 AND wait_ms > 10 * median_ms), 0) AS BIGINT) AS long_ms
FROM invocations
LEFT JOIN (
  SELECT
    action AS median_action,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) AS median_ms,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1) END AS p50,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms), 1) END AS p95,
    CASE WHEN count(*) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY wait_ms), 1) END AS p99
  FROM invocations
  WHERE in_base_set AND NOT is_cold AND NOT coalesce(overlaps_init, false)
  GROUP BY action
) medians ON median_action = action
WHERE in_base_set AND NOT is_cold AND NOT coalesce(overlaps_init, false)
GROUP BY action
ORDER BY long_ms DESC, wait_ms_p95 DESC NULLS LAST, n DESC, action NULLS LAST;
