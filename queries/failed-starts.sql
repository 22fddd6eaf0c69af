-- Calls whose container never came up.
--
-- Report:    R14 Failed starts
-- Answers:   where do calls fail before any code of theirs runs, and after how long?
-- Reads:     invocations
-- Variables: min_failures (integer, default 5): on an invoker, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_invoker, failed_share,
--            actions
WITH calls AS (
  SELECT
    coalesce(invoker, 'unknown') AS invoker,
    count(*) AS calls,
    count(*) FILTER (WHERE never_ran) AS n,
    count(DISTINCT CASE WHEN never_ran THEN action END) AS actions,
    sum(CASE WHEN never_ran AND quality IS NULL THEN wait_ms ELSE 0 END) AS wait_ms,
    sqrt(count(*)) * stddev_samp(CASE WHEN never_ran AND quality IS NULL THEN wait_ms ELSE 0 END) AS sd_ms
  FROM invocations
  WHERE class IN ('single', 'component')
  GROUP BY 1
)
SELECT
  'R14' AS finding,
  concat(
    CAST(n AS STRING), ' of ', CAST(calls AS STRING), ' calls ',
    CASE WHEN invoker = 'unknown' THEN '' ELSE concat('on ', invoker, ' ') END,
    'failed before their code ran, of ', CAST(actions AS STRING), ' actions; they had waited ',
    CAST(CAST(round(wait_ms / 1000.0) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  wait_ms AS at_stake_ms,
  CASE WHEN calls >= 6 THEN round(greatest(0, wait_ms - 1.96 * sd_ms), 1) END AS low_ms,
  CASE WHEN calls >= 6 THEN round(wait_ms + 1.96 * sd_ms, 1) END AS high_ms,
  n,
  n AS value,
  :min_failures AS threshold,
  'measured' AS confidence,
  concat(
    'read the log of ', CASE WHEN invoker = 'unknown' THEN 'the invokers' ELSE invoker END,
    ' at that time: an image that cannot be pulled, a full disk, no memory, too many containers at once'
  ) AS next_step,
  invoker AS subject_invoker,
  round(n / CAST(calls AS DOUBLE), 4) AS failed_share,
  actions
FROM calls
WHERE n > 0
ORDER BY at_stake_ms DESC, n DESC, subject_invoker
