-- The parts of a call's time by action, largest sum first.
--
-- Report:    R01 Where does time go
-- Answers:   which part of which action takes most time, and how long is it in the middle and in the tail?
-- Reads:     invocations
-- Columns:   action, part (wait, init, run), n (calls that have the part: of init the cold ones), total_ms (of them),
--            time_share (of all parts of all actions), p50_ms, p95_ms, p99_ms, max_ms
-- Next:      A part with a p99 far above its p50 is a problem of some calls: look for what they share in R25. One that
--            is long throughout is a problem of every call.
SELECT
  action,
  part,
  n,
  total_ms,
  round(total_ms / nullif(CAST(sum(total_ms) OVER () AS DOUBLE), 0), 4) AS time_share,
  p50_ms,
  p95_ms,
  p99_ms,
  max_ms
FROM (
  SELECT
    action,
    part,
    count(*) AS n,
    CAST(sum(part_ms) AS BIGINT) AS total_ms,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY part_ms), 1) END AS p50_ms,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY part_ms), 1) END AS p95_ms,
    CASE WHEN count(*) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY part_ms), 1) END AS p99_ms,
    max(part_ms) AS max_ms
  FROM (
    SELECT action, 'wait' AS part, wait_ms AS part_ms FROM invocations WHERE in_base_set
    UNION ALL
    SELECT action, 'init' AS part, init_ms AS part_ms FROM invocations WHERE in_base_set AND is_cold
    UNION ALL
    SELECT action, 'run' AS part, run_ms AS part_ms FROM invocations WHERE in_base_set
  ) parts
  GROUP BY action, part
) sums
ORDER BY total_ms DESC, n DESC, action NULLS LAST, part;
