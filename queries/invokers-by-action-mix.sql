-- Invokers against the pool, for the same actions: slowest first.
--
-- Each call is compared with the calls of the same namespace and action on all invokers together, so that an invoker
-- does not look slow because its actions are. Only actions that ran on two invokers or more, at least 59 times, tell
-- anything. Calls with an unusable wait are in, but for the waits.
--
-- Report:    R07 Invokers
-- Answers:   which invokers are slower than the others for the same work, and is it the run, the wait, or cold starts?
-- Reads:     invocations
-- Columns:   invoker, n (calls that can be compared), call_share (of those), actions, slow_run_share (runs above the
--            p95 of the same action on all invokers; 0.05 is usual; null for fewer than 59 calls), above_median_share
--            (runs above that median; 0.5 is usual or a little less), slow_wait_share (warm waits above the p95 of warm
--            waits), cold_share, excess_ms (run beyond the median of the same action, all calls together)
-- Next:      An invoker that is slow for all its actions is a slow machine: look at its host, or take it out. One that
--            is slow for one action only shares its home with a neighbour (R18).
WITH pool AS (
  SELECT
    namespace AS pool_namespace,
    action AS pool_action,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms) AS run_ms_p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms) AS run_ms_p95,
    CASE
      WHEN count(*) FILTER (WHERE in_base_set AND NOT is_cold) >= 59
        THEN percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE in_base_set AND NOT is_cold)
    END AS warm_wait_ms_p95
  FROM invocations
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
    AND invoker IS NOT NULL
  GROUP BY namespace, action
  HAVING count(*) >= 59 AND min(invoker) <> max(invoker)
),
compared AS (
  SELECT
    invoker,
    count(*) AS n,
    count(*) FILTER (WHERE run_ms > run_ms_p95) AS slow_runs,
    count(*) FILTER (WHERE run_ms > run_ms_p50) AS above_median,
    count(*) FILTER (WHERE in_base_set AND NOT is_cold AND wait_ms > warm_wait_ms_p95) AS slow_waits,
    count(*) FILTER (WHERE in_base_set AND NOT is_cold AND warm_wait_ms_p95 IS NOT NULL) AS with_wait,
    count(*) FILTER (WHERE is_cold) AS cold_starts,
    sum(CASE WHEN run_ms > run_ms_p50 THEN run_ms - run_ms_p50 ELSE 0 END) AS excess_ms
  FROM invocations
  JOIN pool ON pool_namespace = namespace AND pool_action = action
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
    AND invoker IS NOT NULL
  GROUP BY invoker, namespace, action
)
SELECT
  invoker,
  n,
  round(n / CAST(sum(n) OVER () AS DOUBLE), 4) AS call_share,
  actions,
  CASE WHEN n >= 59 THEN round(slow_runs / CAST(n AS DOUBLE), 4) END AS slow_run_share,
  round(above_median / CAST(n AS DOUBLE), 4) AS above_median_share,
  round(slow_waits / CAST(nullif(with_wait, 0) AS DOUBLE), 4) AS slow_wait_share,
  round(cold_starts / CAST(n AS DOUBLE), 4) AS cold_share,
  round(excess_ms, 0) AS excess_ms
FROM (
  SELECT
    invoker,
    CAST(sum(n) AS BIGINT) AS n,
    count(*) AS actions,
    sum(slow_runs) AS slow_runs,
    sum(above_median) AS above_median,
    sum(slow_waits) AS slow_waits,
    sum(with_wait) AS with_wait,
    sum(cold_starts) AS cold_starts,
    sum(excess_ms) AS excess_ms
  FROM compared
  GROUP BY invoker
) counted
ORDER BY slow_run_share DESC NULLS LAST, n DESC, invoker;
