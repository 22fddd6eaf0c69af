-- Warm calls that waited, and none of the other checks knows why.
--
-- Report:    R04 Queueing
-- Answers:   how much waiting is there that is neither a cold start, nor for room, nor for a stopped invoker or a paused container?
-- Reads:     delays
-- Variables: min_waiting (integer, default 10): that waited, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_invoker, wait_ms_p50
WITH waited AS (
  SELECT
    coalesce(invoker, 'unknown') AS invoker,
    count(*) AS n,
    sum(queued_ms) AS queued_ms,
    stddev_samp(queued_ms) AS sd_ms,
    CASE WHEN count(*) >= 6 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY queued_ms) END AS wait_ms_p50
  FROM delays
  WHERE queued_for = 'unknown'
  GROUP BY 1
)
SELECT
  'R04' AS finding,
  concat(
    CAST(n AS STRING), ' warm calls ', CASE WHEN invoker = 'unknown' THEN '' ELSE concat('on ', invoker, ' ') END,
    'waited ', CAST(CAST(round(queued_ms / 1000) AS BIGINT) AS STRING),
    ' s longer than usual, and neither cold starts nor full memory nor a stopped invoker explains it'
  ) AS claim,
  round(queued_ms, 1) AS at_stake_ms,
  CASE WHEN n >= 6 THEN round(greatest(0, queued_ms - 1.96 * sqrt(n) * sd_ms), 1) END AS low_ms,
  CASE WHEN n >= 6 THEN round(queued_ms + 1.96 * sqrt(n) * sd_ms, 1) END AS high_ms,
  n,
  n AS value,
  :min_waiting AS threshold,
  'inferred' AS confidence,
  'compare the clocks of controllers and invokers, then look at the delay of their Kafka topics and at the controllers'' load'
    AS next_step,
  invoker AS subject_invoker,
  round(wait_ms_p50, 1) AS wait_ms_p50
FROM waited
ORDER BY at_stake_ms DESC, subject_invoker
