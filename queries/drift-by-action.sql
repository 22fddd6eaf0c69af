-- Whether the runs of an action get longer and longer.
--
-- Medians of run times in twenty windows of the recording, and the straight line through them. Only warm runs, and only
-- windows with six of them.
--
-- Report:    R26 Trend
-- Answers:   which actions slow down steadily, as with a leak, a growing table, or a filling disk?
-- Reads:     invocations
-- Columns:   action, n (warm runs), windows, first_ms (median run in the first window that counts), last_ms, slope_ms_h
--            (milliseconds an hour), fit (how much of the medians' variance the line explains, 0 to 1)
-- Next:      Growing ones come first. A slope with a fit near 1 is worth a look at what the action keeps between calls,
--            and at the data it reads. A fit near 0 is no trend.
WITH span AS (
  SELECT min(arrive_est_ms) AS first_ms, (max(arrive_est_ms) - min(arrive_est_ms) + 1) / 20e0 AS width_ms
  FROM invocations
  WHERE in_base_set
),
medians AS (
  SELECT
    action,
    CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT) AS nth,
    count(*) AS n,
    max(width_ms) AS width_ms,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms) AS run_ms_p50
  FROM invocations
  CROSS JOIN span
  WHERE in_base_set AND NOT is_cold
  GROUP BY action, CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT)
  HAVING count(*) >= 6
),
ends AS (
  SELECT
    action,
    n,
    run_ms_p50,
    nth * CAST(width_ms AS DOUBLE) / 3600000 AS hour,
    first_value(run_ms_p50) OVER (PARTITION BY action ORDER BY nth) AS first_ms,
    first_value(run_ms_p50) OVER (PARTITION BY action ORDER BY nth DESC) AS last_ms
  FROM medians
)
SELECT
  action,
  CAST(sum(n) AS BIGINT) AS n,
  count(*) AS windows,
  round(max(first_ms), 1) AS first_ms,
  round(max(last_ms), 1) AS last_ms,
  -- Not regr_slope() and corr(): in Spark they fail where one of the two is always the same.
  round(covar_samp(run_ms_p50, hour) / nullif(var_samp(hour), 0), 1) AS slope_ms_h,
  round(
    coalesce(power(covar_samp(run_ms_p50, hour), 2) / nullif(var_samp(run_ms_p50) * var_samp(hour), 0), 0),
    3
  ) AS fit
FROM ends
GROUP BY action
HAVING count(*) >= 5
ORDER BY CASE WHEN slope_ms_h > 0 THEN fit END DESC NULLS LAST, slope_ms_h DESC NULLS LAST, action NULLS LAST;
