-- How long containers were kept for nothing, by action, most first.
--
-- A model, one container for each namespace and action: it is kept from the end of a call until the next one comes, at
-- most for the idle limit. More containers at once were kept longer, so that idle time is rather more than this. After
-- the last call of an action nothing is counted.
--
-- Report:    R31 Idle memory
-- Answers:   which actions hold memory between calls, and would other limits serve them better?
-- Reads:     invocations
-- Variables: idle_limit_ms (integer, default 600000): how long an idle container is kept
-- Columns:   action, n, containers (namespaces that called it, one each), used_min (minutes initialising and running),
--            idle_min (minutes kept), used_share, idle_gb_s (memory kept, in GB times seconds), gap_ms_p50 (between
--            uses; null for fewer than 6), lost_n (gaps longer than the limit: kept in vain)
-- Next:      Much idle time and gaps mostly longer than the limit (lost_n near n): a shorter limit costs nothing. Gaps
--            a little longer than the limit: a longer limit, or a ping. Frequent calls: prewarming pays.
SELECT
  action,
  n,
  containers,
  round(used_ms / 60000, 2) AS used_min,
  round(idle_ms / 60000, 2) AS idle_min,
  round(used_ms / nullif(used_ms + idle_ms, 0), 4) AS used_share,
  round(idle_gb_s, 1) AS idle_gb_s,
  gap_ms_p50,
  lost_n
FROM (
  SELECT
    action,
    count(*) AS n,
    count(DISTINCT namespace) AS containers,
    CAST(sum(duration_ms) AS DOUBLE) AS used_ms,
    CAST(coalesce(sum(CASE WHEN gap_ms > 0 THEN least(gap_ms, :idle_limit_ms) END), 0) AS DOUBLE) AS idle_ms,
    coalesce(
      sum(
        CASE
          WHEN gap_ms > 0
            THEN CAST(memory_mb AS DOUBLE) / 1024 * CAST(least(gap_ms, :idle_limit_ms) AS DOUBLE) / 1000
        END
      ),
      0
    ) AS idle_gb_s,
    CASE
      WHEN count(*) FILTER (WHERE gap_ms > 0) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY gap_ms) FILTER (WHERE gap_ms > 0), 1)
    END AS gap_ms_p50,
    count(*) FILTER (WHERE gap_ms > :idle_limit_ms) AS lost_n
  FROM invocations
  WHERE in_base_set
  GROUP BY action
) kept
ORDER BY idle_gb_s DESC, n DESC, action NULLS LAST;
