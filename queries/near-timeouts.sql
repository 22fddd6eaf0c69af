-- Actions that need nearly as long as they may, and work that time-outs threw away.
--
-- Report:    R15 Timeouts
-- Answers:   which actions run into their time limit, or are about to?
-- Reads:     invocations, time_limits
-- Variables: near_share (number, default 0.8): of the limit from which on a run is near it
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_action, limit_ms, runs,
--            timed_out, near_share
WITH limited AS (
  SELECT
    i.action,
    i.run_ms,
    i.duration_ms,
    l.limit_ms,
    l.is_known,
    coalesce(i.timed_out, i.status_code = 2 AND i.run_ms >= l.limit_ms) AS is_timed_out
  FROM invocations i
  JOIN time_limits l ON l.action = i.action
  WHERE i.in_base_set
),
by_action AS (
  SELECT
    action,
    max(limit_ms) AS limit_ms,
    count(*) AS n,
    count(*) FILTER (WHERE is_timed_out) AS timed_out,
    count(*) FILTER (WHERE run_ms >= :near_share * limit_ms OR is_timed_out) AS near,
    sum(CASE WHEN is_timed_out THEN duration_ms ELSE 0 END) AS lost_ms,
    sqrt(count(*)) * stddev_samp(CASE WHEN is_timed_out THEN duration_ms ELSE 0 END) AS sd_ms,
    max(CASE WHEN is_known THEN 1 ELSE 0 END) = 1 AS is_known
  FROM limited
  GROUP BY action
)
SELECT
  'R15' AS finding,
  concat(
    action,
    CASE
      WHEN timed_out > 0 THEN concat(
        ' timed out ', CAST(timed_out AS STRING), ' times, which threw away ',
        CAST(CAST(round(lost_ms / 1000.0) AS BIGINT) AS STRING), ' s of work;'
      )
      ELSE ' has not timed out yet, but'
    END,
    ' ', CAST(near AS STRING), ' of ', CAST(n AS STRING), ' runs took ',
    CAST(CAST(round(100 * :near_share) AS BIGINT) AS STRING), ' % of its limit of ', CAST(limit_ms AS STRING), ' ms or more'
  ) AS claim,
  lost_ms AS at_stake_ms,
  CASE WHEN n >= 6 AND timed_out > 0 THEN round(greatest(0, lost_ms - 1.96 * sd_ms), 1) END AS low_ms,
  CASE WHEN n >= 6 AND timed_out > 0 THEN round(lost_ms + 1.96 * sd_ms, 1) END AS high_ms,
  near AS n,
  round(near / CAST(n AS DOUBLE), 4) AS value,
  -- One time-out is an accident. Without any, and so no time lost, it takes more runs to be worth a line.
  CASE WHEN timed_out > 1 THEN 0.001 WHEN n >= 30 THEN 0.05 ELSE 2 END AS threshold,
  CASE WHEN is_known THEN 'measured' ELSE 'inferred' END AS confidence,
  concat(
    'find out what it waits for, or split its work; if it needs the time, allow it: wsk action update ', action, ' --timeout MS'
  ) AS next_step,
  action AS subject_action,
  limit_ms,
  n AS runs,
  timed_out,
  round(near / CAST(n AS DOUBLE), 4) AS near_share
FROM by_action
WHERE near > 0
ORDER BY at_stake_ms DESC, near DESC, action
