-- Actions that fail often, and the work that is lost with them.
--
-- Report:    R13 Errors
-- Answers:   which actions fail, whose fault is it, and how much time went into calls that came to nothing?
-- Reads:     invocations, time_limits
-- Variables: min_failed_share (number, default 0.01): of an action's calls that fail in this way, at least
--            min_failures (integer, default 10): of them, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_action,
--            subject_status_code, failed_share
WITH ended AS (
  SELECT
    i.action,
    i.status_code,
    coalesce(i.timed_out, i.status_code = 2 AND i.run_ms >= l.limit_ms, false) AS is_timed_out,
    count(*) AS n,
    sum(i.response_ms) AS response_ms,
    sum(CAST(i.response_ms AS DOUBLE) * i.response_ms) AS response_squared
  FROM invocations i
  LEFT JOIN time_limits l ON l.action = i.action
  WHERE i.in_base_set
  GROUP BY 1, 2, 3
),
-- Time-outs and calls that never ran are findings of their own. An application error is an answer: no time is lost with it.
failed AS (
  SELECT
    action,
    status_code,
    calls,
    n,
    CASE WHEN status_code = 1 THEN 0 ELSE response_ms END AS lost_ms,
    response_squared AS lost_squared
  FROM (SELECT *, sum(n) OVER (PARTITION BY action) AS calls FROM ended) e
  WHERE status_code <> 0 AND NOT is_timed_out
),
judged AS (
  SELECT
    *,
    n / CAST(calls AS DOUBLE) AS share,
    CASE
      WHEN status_code <> 1 AND calls >= 6 THEN
        1.96 * sqrt(greatest(0, lost_squared - CAST(lost_ms AS DOUBLE) * lost_ms / calls) * calls / (calls - 1))
    END AS half_ms
  FROM failed
)
SELECT
  'R13' AS finding,
  concat(
    CAST(n AS STRING), ' of ', CAST(CAST(calls AS BIGINT) AS STRING), ' calls of ', action, ' ended as ',
    CASE status_code
      WHEN 1 THEN 'application errors'
      WHEN 2 THEN 'developer errors'
      WHEN 3 THEN 'internal errors of the platform'
      ELSE concat('status code ', CAST(status_code AS STRING))
    END,
    CASE
      WHEN status_code = 1 THEN ''
      ELSE concat('; ', CAST(CAST(round(lost_ms / 1000.0) AS BIGINT) AS STRING), ' s of work came to nothing')
    END
  ) AS claim,
  lost_ms AS at_stake_ms,
  CASE WHEN half_ms IS NOT NULL THEN round(greatest(0, lost_ms - half_ms), 1) END AS low_ms,
  round(lost_ms + half_ms, 1) AS high_ms,
  n,
  CASE WHEN n >= :min_failures THEN round(share, 4) ELSE 0 END AS value,
  :min_failed_share AS threshold,
  'measured' AS confidence,
  CASE status_code
    WHEN 1 THEN concat('the action says so itself: read the results or logs of ', action)
    WHEN 2 THEN concat('look for crashes, failed initialisations and answers that are no JSON in the logs of ', action)
    ELSE 'read the logs of the invokers and controllers at that time'
  END AS next_step,
  action AS subject_action,
  status_code AS subject_status_code,
  round(share, 4) AS failed_share
FROM judged
ORDER BY at_stake_ms DESC, n DESC, action, status_code
