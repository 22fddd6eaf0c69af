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
  SELECT w.invoker, max(s.silent_ms) AS silent_ms
  FROM waited w
  JOIN invoker_seconds s ON s.invoker = w.invoker
  WHERE s.first_start_ms BETWEEN w.first_ms AND w.last_ms
  GROUP BY w.invoker
)
SELECT
  'R04' AS finding,
  concat(
    w.invoker, ' ran nothing for ', CAST(CAST(round(s.silent_ms / 1000) AS BIGINT) AS STRING), ' s while ', CAST(w.n AS STRING),
    ' calls waited for it, up to ', CAST(CAST(round(w.longest_ms / 1000) AS BIGINT) AS STRING), ' s; they lost ',
    CAST(CAST(round(w.queued_ms / 1000) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  round(w.queued_ms, 1) AS at_stake_ms,
  CAST(NULL AS DOUBLE) AS low_ms,
  CAST(NULL AS DOUBLE) AS high_ms,
  w.n,
  w.n AS value,
  :min_waiting AS threshold,
  'estimated' AS confidence,
  concat(
    'look at why ', w.invoker, ' stopped then: a restart, a crash, a lost connection to Kafka, a container engine that hangs; calls'
    ' that are queued for an invoker wait for it and go to no other'
  ) AS next_step,
  w.invoker AS subject_invoker,
  s.silent_ms,
  round(w.longest_ms, 1) AS longest_wait_ms
FROM waited w
JOIN silences s ON s.invoker = w.invoker
ORDER BY at_stake_ms DESC, subject_invoker
