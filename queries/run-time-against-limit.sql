-- Runs against the time limit of their action, nearest first.
--
-- The limit comes from documents; without any an action's own errors tell: many that end after the same time are
-- time-outs. Calls with an unusable wait are in: their durations come from one clock.
--
-- Report:    R15 Timeouts
-- Answers:   which actions time out, or nearly do?
-- Reads:     invocations
-- Columns:   action, n, limit_ms (largest seen; null without documents), timed_out (known ones), over_80_share (runs of
--            80 % of the limit and more), over_95_share, run_ms_p95, run_ms_max, error_ms (run time at which most runs
--            with status code 2 ended), error_n (how many did, within 10 ms), lost_ms (duration of those timed out)
-- Next:      Raise the limit, split the work, or look at what it calls; a call that times out has cost its whole limit,
--            and its container. A pile at error_ms without a limit: ask for the action's limit.
WITH limits AS (
  SELECT action AS limited, max(timeout_limit_ms) AS limit_ms FROM invocations GROUP BY action
),
errors AS (
  SELECT
    action AS failed,
    error_ms,
    error_n,
    row_number() OVER (PARTITION BY action ORDER BY error_n DESC, error_ms DESC) AS place
  FROM (
    SELECT action, CAST(10 * floor(run_ms / 10.0) AS BIGINT) AS error_ms, count(*) AS error_n
    FROM invocations
    WHERE status_code = 2 AND run_ms > 0 AND class IN ('single', 'component') AND NOT never_ran
      AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
    GROUP BY action, CAST(10 * floor(run_ms / 10.0) AS BIGINT)
  ) piles
)
SELECT
  action,
  n,
  limit_ms,
  timed_out,
  round(CAST(over_80 AS DOUBLE) / n, 4) AS over_80_share,
  round(CAST(over_95 AS DOUBLE) / n, 4) AS over_95_share,
  run_ms_p95,
  run_ms_max,
  error_ms,
  error_n,
  lost_ms
FROM (
  SELECT
    action,
    count(*) AS n,
    max(limit_ms) AS limit_ms,
    count(*) FILTER (WHERE timed_out) AS timed_out,
    CASE WHEN max(limit_ms) IS NOT NULL THEN count(*) FILTER (WHERE run_ms >= 0.8 * limit_ms) END AS over_80,
    CASE WHEN max(limit_ms) IS NOT NULL THEN count(*) FILTER (WHERE run_ms >= 0.95 * limit_ms) END AS over_95,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p95,
    max(run_ms) AS run_ms_max,
    CAST(coalesce(sum(duration_ms) FILTER (WHERE timed_out), 0) AS BIGINT) AS lost_ms
  FROM invocations
  LEFT JOIN limits ON limited = action
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
  GROUP BY action
) measured
LEFT JOIN errors ON failed = action AND place = 1 AND error_n >= 3
ORDER BY lost_ms DESC, over_80_share DESC NULLS LAST, error_n DESC NULLS LAST, n DESC, action NULLS LAST;
