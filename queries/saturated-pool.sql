-- Waiting for room: calls that even warm containers could not save from standing in line.
--
-- Report:    R06 Saturation
-- Answers:   do calls wait because the memory of the invokers is taken, and how long?
-- Reads:     delays
-- Variables: min_waiting (integer, default 10): that waited, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_invoker, invokers,
--            actions, lines
WITH waiting AS (
  SELECT invoker, line, count(*) AS n, sum(queued_ms) AS queued_ms
  FROM delays
  WHERE queued_for = 'room'
  GROUP BY invoker, line
),
-- Calls of one line are not independent of each other; lines nearly are.
total AS (
  SELECT
    sum(n) AS n,
    sum(queued_ms) AS queued_ms,
    count(*) AS lines,
    count(DISTINCT invoker) AS invokers,
    min(invoker) AS invoker,
    stddev_samp(queued_ms) AS sd_ms
  FROM waiting
),
most AS (
  SELECT action, count(*) AS n, count(*) OVER () AS actions, row_number() OVER (ORDER BY count(*) DESC, action) AS place
  FROM delays
  WHERE queued_for = 'room'
  GROUP BY action
)
SELECT
  'R06' AS finding,
  concat(
    CAST(CAST(t.n AS BIGINT) AS STRING), ' calls of ', CAST(m.actions AS STRING), ' actions waited ',
    CAST(CAST(round(t.queued_ms / 1000) AS BIGINT) AS STRING), ' s for room on ',
    CASE WHEN t.invokers = 1 THEN t.invoker ELSE concat(CAST(t.invokers AS STRING), ' invokers') END,
    ' whose memory was taken, most of them calls of ', m.action
  ) AS claim,
  round(t.queued_ms, 1) AS at_stake_ms,
  CASE WHEN t.lines >= 6 THEN round(greatest(0, t.queued_ms - 1.96 * sqrt(t.lines) * t.sd_ms), 1) END AS low_ms,
  CASE WHEN t.lines >= 6 THEN round(t.queued_ms + 1.96 * sqrt(t.lines) * t.sd_ms, 1) END AS high_ms,
  CAST(t.n AS BIGINT) AS n,
  CAST(t.n AS BIGINT) AS value,
  :min_waiting AS threshold,
  'estimated' AS confidence,
  concat(
    'spread the calls of ', m.action, ' or lower its memory limit if it needs less; else add invokers or memory for containers'
    ' (CONFIG_whisk_containerPool_userMemory)'
  ) AS next_step,
  CASE WHEN t.invokers = 1 THEN t.invoker ELSE 'all invokers' END AS subject_invoker,
  t.invokers,
  m.actions,
  t.lines
FROM total t
JOIN most m ON m.place = 1
ORDER BY at_stake_ms DESC
