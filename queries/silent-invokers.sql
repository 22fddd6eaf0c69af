-- Invokers that ran nothing while calls waited for them.
--
-- Report:    R04 Queueing
-- Answers:   did an invoker stop for a while, and what did that cost those who were sent to it?
-- Reads:     delays, invoker_seconds
-- Variables: min_waiting (integer, default 3): that waited, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_invoker, silent_ms,
--            longest_wait_ms
WITH waited AS (
  SELECT
    invoker,
    count(*) AS n,
    sum(queued_ms) AS queued_ms,
    max(late_ms) AS longest_ms,
    min(arrive_est_ms) AS first_ms,
    max(start_est_ms) AS last_ms
  FROM delays
  WHERE queued_for = 'silent invoker'
  GROUP BY invoker
),
silences AS (
  SELECT i.invoker, coalesce(max(i.silent_ms), 0) AS silent_ms
  FROM invoker_seconds i
  LEFT JOIN waited w ON w.invoker = i.invoker
  WHERE w.invoker IS NULL OR i.first_start_ms BETWEEN w.first_ms AND w.last_ms
  GROUP BY i.invoker
),
silent AS (
  SELECT
    s.invoker,
    s.silent_ms,
    coalesce(w.n, 0) AS n,
    coalesce(w.queued_ms, 0) AS queued_ms,
    coalesce(w.longest_ms, 0) AS longest_ms
  FROM silences s
  LEFT JOIN waited w ON w.invoker = s.invoker
)
SELECT
  'R04' AS finding,
  concat(
    invoker, ' ran nothing for ', CAST(CAST(round(silent_ms / 1000) AS BIGINT) AS STRING), ' s while ', CAST(n AS STRING),
    ' calls waited for it',
    CASE
      WHEN n > 0 THEN concat(
        ', up to ', CAST(CAST(round(longest_ms / 1000) AS BIGINT) AS STRING), ' s; they lost ',
        CAST(CAST(round(queued_ms / 1000) AS BIGINT) AS STRING), ' s'
      )
      ELSE ''
    END
  ) AS claim,
  round(queued_ms, 1) AS at_stake_ms,
  CAST(NULL AS DOUBLE) AS low_ms,
  CAST(NULL AS DOUBLE) AS high_ms,
  n,
  n AS value,
  :min_waiting AS threshold,
  'estimated' AS confidence,
  concat(
    'look at why ', invoker, ' stopped then: a restart, a crash, a lost connection to Kafka, a container engine that hangs; calls'
    ' that are queued for an invoker wait for it and go to no other'
  ) AS next_step,
  invoker AS subject_invoker,
  silent_ms,
  round(longest_ms, 1) AS longest_wait_ms
FROM silent
ORDER BY at_stake_ms DESC, subject_invoker
