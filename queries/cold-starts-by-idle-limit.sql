-- How many cold starts other idle limits would have made, and what keeping containers longer reserves.
--
-- A model, one container for each namespace and action: a call after a gap longer than the limit is cold, one after a
-- shorter gap is warm if its gap is longer than today's limit, and else is what it was. First calls and calls while
-- another one ran stay what they were. Idle memory is that of the gaps, each up to the limit.
--
-- Report:    R10 Keep-alive
-- Answers:   what would a longer or shorter idle limit gain, and what would it cost?
-- Reads:     invocations
-- Variables: idle_limit_ms (integer, default 600000): today's limit
-- Columns:   idle_limit (observed first), n, cold_starts, cold_share, change (of cold starts), idle_gb_s (memory kept
--            while nothing ran, in GB times seconds), idle_share (idle_gb_s by that and what ran)
-- Next:      Choose the limit behind which cold starts hardly fall any more; or ping the few actions that matter
--            instead, a little more often than today's limit.
WITH limits AS (
  SELECT 0 AS place, 'as observed' AS idle_limit, :idle_limit_ms AS limit_ms, true AS is_observed
  UNION ALL
  SELECT 1 AS place, '1 min' AS idle_limit, 60000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 2 AS place, '2 min' AS idle_limit, 120000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 3 AS place, '5 min' AS idle_limit, 300000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 4 AS place, '10 min' AS idle_limit, 600000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 5 AS place, '20 min' AS idle_limit, 1200000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 6 AS place, '30 min' AS idle_limit, 1800000 AS limit_ms, false AS is_observed
  UNION ALL
  SELECT 7 AS place, '60 min' AS idle_limit, 3600000 AS limit_ms, false AS is_observed
),
-- Gaps by the second: few rows, however many calls.
gaps AS (
  SELECT
    CASE WHEN gap_ms >= 0 THEN 1000 * CAST(ceil(gap_ms / 1000.0) AS BIGINT) END AS gap_ms,
    is_cold,
    coalesce(memory_mb, 0) AS memory_mb,
    count(*) AS calls,
    sum(gb_s_reserved) AS used_gb_s
  FROM invocations
  WHERE in_base_set
  GROUP BY CASE WHEN gap_ms >= 0 THEN 1000 * CAST(ceil(gap_ms / 1000.0) AS BIGINT) END, is_cold, coalesce(memory_mb, 0)
),
outcomes AS (
  SELECT
    place,
    idle_limit,
    sum(calls) AS n,
    sum(
      CASE
        WHEN is_observed OR gap_ms IS NULL THEN CASE WHEN is_cold THEN calls ELSE 0 END
        WHEN gap_ms > limit_ms THEN calls
        WHEN gap_ms > :idle_limit_ms THEN 0
        WHEN is_cold THEN calls
        ELSE 0
      END
    ) AS cold_starts,
    -- least() would take the limit where there is no gap.
    sum(
      CASE
        WHEN gap_ms IS NOT NULL
          THEN calls * (CAST(memory_mb AS DOUBLE) / 1024) * (CAST(least(gap_ms, limit_ms) AS DOUBLE) / 1000)
        ELSE 0
      END
    ) AS idle_gb_s,
    sum(used_gb_s) AS used_gb_s
  FROM gaps
  CROSS JOIN limits
  GROUP BY place, idle_limit
)
SELECT
  idle_limit,
  CAST(n AS BIGINT) AS n,
  CAST(cold_starts AS BIGINT) AS cold_starts,
  round(CAST(cold_starts AS DOUBLE) / n, 4) AS cold_share,
  CAST(cold_starts - max(CASE WHEN place = 0 THEN cold_starts END) OVER () AS BIGINT) AS change,
  round(idle_gb_s, 1) AS idle_gb_s,
  round(idle_gb_s / nullif(idle_gb_s + used_gb_s, 0), 4) AS idle_share
FROM outcomes
ORDER BY place;
