-- Time by action, most expensive first.
--
-- Sums and percentiles are of the base set. Parts of sequences count as the actions that they are.
--
-- Report:    R01 Where does time go
-- Answers:   which actions take the time of all calls together, and is it waiting, initialising or running?
-- Reads:     invocations
-- Columns:   action, n, total_ms (wait, initialisation and run of all calls), time_share (of the total of all actions),
--            wait_share (of this action's total), init_share, run_share, p50_ms (of the response time), p95_ms, p99_ms
-- Next:      Start at the top, and with its largest share: waiting leads to R04 to R08, initialising to R02 and R03;
--            running means the code itself, or what it calls.
SELECT
  action,
  n,
  total_ms,
  round(total_ms / nullif(CAST(sum(total_ms) OVER () AS DOUBLE), 0), 4) AS time_share,
  round(wait_ms / nullif(CAST(total_ms AS DOUBLE), 0), 3) AS wait_share,
  round(init_ms / nullif(CAST(total_ms AS DOUBLE), 0), 3) AS init_share,
  round(run_ms / nullif(CAST(total_ms AS DOUBLE), 0), 3) AS run_share,
  p50_ms,
  p95_ms,
  p99_ms
FROM (
  SELECT
    action,
    count(*) AS n,
    CAST(sum(response_ms) AS BIGINT) AS total_ms,
    CAST(sum(wait_ms) AS BIGINT) AS wait_ms,
    CAST(sum(init_ms) AS BIGINT) AS init_ms,
    CAST(sum(run_ms) AS BIGINT) AS run_ms,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms), 1) END AS p50_ms,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_ms), 1) END AS p95_ms,
    CASE WHEN count(*) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY response_ms), 1) END AS p99_ms
  FROM invocations
  WHERE in_base_set
  GROUP BY action
) sums
ORDER BY total_ms DESC, n DESC, action NULLS LAST;
