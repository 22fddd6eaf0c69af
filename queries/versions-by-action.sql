-- The versions of each action, and what changed with each.
--
-- Versions are in documents only. The change compares a version with the one seen before it; what else changed at the
-- same time is in it too.
--
-- Report:    R27 Versions
-- Answers:   did a new version of an action make it slower, or fail?
-- Reads:     invocations
-- Columns:   action, version, n, first_seen (UTC), run_ms_p50, run_ms_change (of the median, from the version before),
--            run_ms_p95, cold_share, failed_share, failed_change (of the share)
-- Next:      Roll back, or accept. To be sure, record the same load with both versions and use compare.
WITH versions AS (
  SELECT
    action,
    version,
    count(*) AS n,
    min(start_est) AS first_seen,
    CASE WHEN count(*) >= 6 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms) END AS run_ms_p50,
    CASE WHEN count(*) >= 59 THEN percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms) END AS run_ms_p95,
    CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / count(*) AS cold_share,
    CAST(count(*) FILTER (WHERE status_code <> 0) AS DOUBLE) / count(*) AS failed_share
  FROM invocations
  WHERE version IS NOT NULL AND class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
  GROUP BY action, version
),
changes AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY action) AS versions_seen,
    run_ms_p50 - lag(run_ms_p50) OVER (PARTITION BY action ORDER BY first_seen, version) AS run_ms_change,
    failed_share - lag(failed_share) OVER (PARTITION BY action ORDER BY first_seen, version) AS failed_change
  FROM versions
)
SELECT
  action,
  version,
  n,
  first_seen,
  round(run_ms_p50, 1) AS run_ms_p50,
  round(run_ms_change, 1) AS run_ms_change,
  round(run_ms_p95, 1) AS run_ms_p95,
  round(cold_share, 4) AS cold_share,
  round(failed_share, 4) AS failed_share,
  round(failed_change, 4) AS failed_change
FROM changes
ORDER BY CASE WHEN versions_seen > 1 THEN 0 ELSE 1 END, action NULLS LAST, first_seen, version;
