-- Kinds and memory limits side by side, and actions that had several of them.
--
-- Report:    R28 Kinds and memory
-- Answers:   how do runs and initialisations differ by runtime and memory, for the same action where there is one?
-- Reads:     invocations
-- Columns:   action (`all actions`, then each that ran with several kinds or limits), kind, memory_mb, n, actions,
--            run_ms_p50, run_ms_p95, cold_share, init_ms_p50 (of cold starts), failed_share
-- Next:      Rows of one action compare like with like, but for the time in between; rows of all actions do not: other
--            work ran there. For a choice, record the same load with both.
WITH ran AS (
  SELECT action, kind, memory_mb, run_ms, init_ms, is_cold, status_code
  FROM invocations
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
),
several AS (
  SELECT action AS mixed_action
  FROM ran
  GROUP BY action
  HAVING min(kind) <> max(kind) OR min(memory_mb) <> max(memory_mb)
),
rows_to_count AS (
  SELECT 0 AS is_one, 'all actions' AS shown, ran.* FROM ran
  UNION ALL
  SELECT 1 AS is_one, action AS shown, ran.* FROM ran JOIN several ON mixed_action = action
)
SELECT
  shown AS action,
  kind,
  memory_mb,
  count(*) AS n,
  count(DISTINCT rows_to_count.action) AS actions,
  CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p50,
  CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p95,
  round(CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / count(*), 4) AS cold_share,
  CASE
    WHEN count(*) FILTER (WHERE is_cold) >= 6
      THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE is_cold), 1)
  END AS init_ms_p50,
  round(CAST(count(*) FILTER (WHERE status_code <> 0) AS DOUBLE) / count(*), 4) AS failed_share
FROM rows_to_count
GROUP BY is_one, shown, kind, memory_mb
ORDER BY is_one, shown NULLS LAST, kind NULLS LAST, memory_mb NULLS LAST;
