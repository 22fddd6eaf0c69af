-- How it went over time, in twenty windows.
--
-- The windows divide the time from the first to the last arrival evenly. The share above the median compares each call
-- with its own namespace and action over the whole recording: it moves when calls get slower, not when other actions
-- are called. Calls that were still running at the end are missing in the last windows, and they are the long ones.
--
-- Report:    R26 Trend
-- Answers:   did calls get slower, fail more, or start cold more often as time went on?
-- Reads:     invocations
-- Columns:   began (UTC), n (by arrival), p50_ms (response time), p95_ms, above_median_share (0.5 is usual),
--            cold_share, n_failed (status code other than 0), failed_share
-- Next:      Put it beside what was done: deployments (R27), notes and labels of the recording, load (R08). Where only
--            p50_ms moves and above_median_share does not, other actions were called.
WITH span AS (
  SELECT min(arrive_est_ms) AS first_ms, (max(arrive_est_ms) - min(arrive_est_ms) + 1) / 20e0 AS width_ms
  FROM invocations
  WHERE in_base_set
),
usual AS (
  SELECT
    namespace AS usual_namespace,
    action AS usual_action,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms) AS response_ms_p50
  FROM invocations
  WHERE in_base_set
  GROUP BY namespace, action
)
SELECT
  to_timestamp(floor((max(first_ms) + nth * max(width_ms)) / 1000)) AS began,
  count(*) AS n,
  CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms), 1) END AS p50_ms,
  CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_ms), 1) END AS p95_ms,
  round(avg(above_median), 4) AS above_median_share,
  round(CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / count(*), 4) AS cold_share,
  count(*) FILTER (WHERE status_code <> 0) AS n_failed,
  round(CAST(count(*) FILTER (WHERE status_code <> 0) AS DOUBLE) / count(*), 4) AS failed_share
FROM (
  SELECT
    CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT) AS nth,
    first_ms,
    width_ms,
    response_ms,
    is_cold,
    status_code,
    CASE WHEN response_ms > response_ms_p50 THEN 1e0 WHEN response_ms = response_ms_p50 THEN 0.5e0 ELSE 0e0 END
      AS above_median
  FROM invocations
  JOIN usual ON usual_namespace = namespace AND usual_action = action
  CROSS JOIN span
  WHERE in_base_set
) placed
GROUP BY nth
ORDER BY nth;
