-- Actions that need nearly as long as they may, and work that time-outs threw away.
--
-- Report:    R15 Timeouts
-- Answers:   which actions run into their time limit, or are about to?
-- Reads:     invocations
-- Variables: near_share (number, default 0.8): of the limit from which on a run is near it
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_action, limit_ms, runs,
--            timed_out, near_share
WITH runs AS (
  SELECT
    action,
    run_ms,
    duration_ms,
    status_code,
    timed_out,
    max(timeout_limit_ms) OVER (PARTITION BY action) AS known_limit_ms
  FROM invocations
  WHERE in_base_set
),
-- Where no document tells the limit, five failures or more that ended at the same run time do.
pile_ups AS (
  SELECT action, floor(min(run_ms) / 100.0) * 100 AS limit_ms
  FROM runs
  WHERE known_limit_ms IS NULL AND status_code = 2 AND run_ms >= 100
  GROUP BY action
  HAVING count(*) >= 5 AND max(run_ms) - min(run_ms) <= greatest(20, 0.01 * min(run_ms))
),
limited AS (
  SELECT
    r.action,
    r.run_ms,
    r.duration_ms,
    coalesce(r.known_limit_ms, p.limit_ms) AS limit_ms,
    r.known_limit_ms IS NOT NULL AS is_known,
    coalesce(r.timed_out, r.status_code = 2 AND r.run_ms >= p.limit_ms, false) AS is_timed_out
  FROM runs r
  LEFT JOIN pile_ups p ON p.action = r.action
),
by_action AS (
  SELECT
    action,
    CAST(max(limit_ms) AS BIGINT) AS limit_ms,
    count(*) AS n,
    count(*) FILTER (WHERE is_timed_out) AS timed_out,
    count(*) FILTER (WHERE run_ms >= :near_share * limit_ms OR is_timed_out) AS near,
    sum(CASE WHEN is_timed_out THEN duration_ms ELSE 0 END) AS lost_ms,
    sqrt(count(*)) * stddev_samp(CASE WHEN is_timed_out THEN duration_ms ELSE 0 END) AS sd_ms,
    max(CASE WHEN is_known THEN 1 ELSE 0 END) = 1 AS is_known
  FROM limited
  WHERE limit_ms IS NOT NULL OR is_timed_out
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
  near / CAST(n AS DOUBLE) AS value,
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
