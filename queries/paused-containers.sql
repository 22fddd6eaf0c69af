-- What it costs to wake containers that were paused.
--
-- Report:    R11 Pauses
-- Answers:   how long do warm calls wait because their container was unused for a while?
-- Reads:     delays
-- Variables: min_wait_ms (number, default 50): what waking one takes at least, on average
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_setting, actions
WITH paused AS (
  SELECT
    count(*) AS n,
    count(DISTINCT action) AS actions,
    sum(queued_ms) AS queued_ms,
    avg(queued_ms) AS mean_ms,
    stddev_samp(queued_ms) AS sd_ms
  FROM delays
  WHERE queued_for = 'paused container'
)
SELECT
  'R11' AS finding,
  concat(
    CAST(n AS STRING), ' warm calls of ', CAST(actions AS STRING), ' actions waited ',
    CAST(CAST(round(mean_ms) AS BIGINT) AS STRING), ' ms on average for a container that had been unused for ten seconds, and so was'
    ' paused; together ', CAST(CAST(round(queued_ms / 1000) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  round(queued_ms, 1) AS at_stake_ms,
  CASE WHEN n >= 6 THEN round(queued_ms - 1.96 * sqrt(n) * sd_ms, 1) END AS low_ms,
  CASE WHEN n >= 6 THEN round(queued_ms + 1.96 * sqrt(n) * sd_ms, 1) END AS high_ms,
  n,
  round(mean_ms, 1) AS value,
  :min_wait_ms AS threshold,
  'estimated' AS confidence,
  'pause containers later (CONFIG_whisk_containerProxy_timeouts_pauseGrace, ten seconds unless set); they then keep their share of'
  ' the processor longer' AS next_step,
  'pause-grace' AS subject_setting,
  actions
FROM paused
WHERE n > 0
ORDER BY at_stake_ms DESC
