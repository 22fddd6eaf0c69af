-- What waking a paused container costs, by action, most expensive first.
--
-- A container that was idle for the pause grace is paused; the next call has to wake it. Compared are warm calls after
-- a gap shorter than that with warm calls after a longer one, up to the idle limit.
--
-- Report:    R11 Pauses
-- Answers:   do warm calls wait longer after a break, and by how much?
-- Reads:     invocations
-- Variables: pause_grace_ms (integer, default 10000): after how long an idle container is paused
--            idle_limit_ms (integer, default 600000): after how long it is removed
-- Columns:   action (all actions first), soon_n, soon_wait_ms_p50, later_n, later_wait_ms_p50, later_wait_ms_p95,
--            pause_ms (median later less median soon), total_ms (pause_ms of all calls after a pause)
-- Next:      Above some 100 ms for actions that people wait for: a longer pause grace, or none (it is per invoker).
WITH warm AS (
  SELECT action, wait_ms, gap_ms >= :pause_grace_ms AS is_later
  FROM invocations
  WHERE in_base_set AND NOT is_cold AND NOT coalesce(overlaps_init, false)
    AND gap_ms >= 0 AND gap_ms < :idle_limit_ms
),
medians AS (
  SELECT
    is_all,
    action,
    count(*) FILTER (WHERE NOT is_later) AS soon_n,
    CASE
      WHEN count(*) FILTER (WHERE NOT is_later) >= 6
        THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE NOT is_later)
    END AS soon_ms,
    count(*) FILTER (WHERE is_later) AS later_n,
    CASE
      WHEN count(*) FILTER (WHERE is_later) >= 6
        THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE is_later)
    END AS later_ms,
    CASE
      WHEN count(*) FILTER (WHERE is_later) >= 59
        THEN percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE is_later)
    END AS later_ms_p95
  FROM (
    SELECT 1 AS is_all, 'all actions' AS action, wait_ms, is_later FROM warm
    UNION ALL
    SELECT 0 AS is_all, action, wait_ms, is_later FROM warm
  ) calls
  GROUP BY is_all, action
)
SELECT
  action,
  soon_n,
  round(soon_ms, 1) AS soon_wait_ms_p50,
  later_n,
  round(later_ms, 1) AS later_wait_ms_p50,
  round(later_ms_p95, 1) AS later_wait_ms_p95,
  round(later_ms - soon_ms, 1) AS pause_ms,
  round((later_ms - soon_ms) * later_n, 0) AS total_ms
FROM medians
ORDER BY is_all DESC, total_ms DESC NULLS LAST, later_n DESC, soon_n DESC, action NULLS LAST;
