-- Cold starts by how long the action had not been used.
--
-- The gap is from the end of the last call of the same namespace and action to the arrival of this one. Containers are
-- paused after 10 s and removed after 10 min unless configured otherwise; so the share should be near 0 before, near 1
-- after it.
--
-- Report:    R10 Keep-alive
-- Answers:   after how long without a call does the next one start cold?
-- Reads:     invocations
-- Columns:   gap (since the last use; `in use` while another call was running), n, cold_starts, cold_share, low_share
--            (95 % interval, Wilson), high_share, wait_ms_p50, first_gap_ms (smallest in this row; null without gap)
-- Next:      A jump at 10 min is the idle limit: keep-alive or a ping decides (cold-starts-by-idle-limit). Cold starts
--            while in use are for more containers at once; those before the jump are evictions: R09.
SELECT
  gap,
  n,
  cold_starts,
  round(CAST(cold_starts AS DOUBLE) / n, 4) AS cold_share,
  round(
    (2 * cold_starts + 3.8416 - 1.96 * sqrt(3.8416 + 4 * cold_starts * (1 - CAST(cold_starts AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS low_share,
  round(
    (2 * cold_starts + 3.8416 + 1.96 * sqrt(3.8416 + 4 * cold_starts * (1 - CAST(cold_starts AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS high_share,
  wait_ms_p50,
  first_gap_ms
FROM (
  SELECT
    gap,
    gap_order,
    count(*) AS n,
    count(*) FILTER (WHERE is_cold) AS cold_starts,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p50,
    min(gap_ms) AS first_gap_ms
  FROM (
    SELECT
      is_cold,
      wait_ms,
      gap_ms,
      CASE
        WHEN gap_ms IS NULL THEN 'first call'
        WHEN gap_ms < 0 THEN 'in use'
        WHEN gap_ms < 1000 THEN 'under 1 s'
        WHEN gap_ms < 8000 THEN '1 to 8 s'
        WHEN gap_ms < 10000 THEN '8 to 10 s'
        WHEN gap_ms < 12000 THEN '10 to 12 s'
        WHEN gap_ms < 60000 THEN '12 to 60 s'
        WHEN gap_ms < 300000 THEN '1 to 5 min'
        WHEN gap_ms < 540000 THEN '5 to 9 min'
        WHEN gap_ms < 600000 THEN '9 to 10 min'
        WHEN gap_ms < 660000 THEN '10 to 11 min'
        WHEN gap_ms < 1200000 THEN '11 to 20 min'
        WHEN gap_ms < 3600000 THEN '20 to 60 min'
        ELSE 'above 60 min'
      END AS gap,
      CASE
        WHEN gap_ms IS NULL THEN 100
        WHEN gap_ms < 0 THEN 0
        WHEN gap_ms < 1000 THEN 1
        WHEN gap_ms < 8000 THEN 2
        WHEN gap_ms < 10000 THEN 3
        WHEN gap_ms < 12000 THEN 4
        WHEN gap_ms < 60000 THEN 5
        WHEN gap_ms < 300000 THEN 6
        WHEN gap_ms < 540000 THEN 7
        WHEN gap_ms < 600000 THEN 8
        WHEN gap_ms < 660000 THEN 9
        WHEN gap_ms < 1200000 THEN 10
        WHEN gap_ms < 3600000 THEN 11
        ELSE 12
      END AS gap_order
    FROM invocations
    WHERE in_base_set
  ) gaps
  GROUP BY gap, gap_order
) counted
ORDER BY gap_order;
