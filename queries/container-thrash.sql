-- Pairs of actions that evict each other's containers.
--
-- Report:    R09 Container thrash
-- Answers:   which actions start cold only because another took the room of their container, and the other way round?
-- Reads:     delays
-- Variables: min_cold_starts (integer, default 5): of the pair, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_actions,
--            subject_invoker
WITH pairs AS (
  SELECT
    least(action, evicted_by) AS one,
    greatest(action, evicted_by) AS other,
    count(*) AS n,
    count(DISTINCT invoker) AS invokers,
    min(invoker) AS invoker,
    sum(cold_ms) AS cold_ms,
    stddev_samp(cold_ms) AS sd_ms
  FROM delays
  WHERE is_thrash
  GROUP BY 1, 2
),
-- What went before the first call that was recorded nobody knows, so that its cold start may be one more.
firsts AS (
  SELECT p.one, p.other, sum(f.cold_ms) AS cold_ms
  FROM pairs p
  JOIN delays f ON f.cold_reason = 'first' AND f.action IN (p.one, p.other)
  JOIN (SELECT DISTINCT invoker, action FROM delays WHERE is_thrash) t ON t.invoker = f.invoker AND t.action = f.action
  GROUP BY p.one, p.other
)
SELECT
  'R09' AS finding,
  concat(
    p.one, ' and ', p.other, ' evict each other''s containers on ',
    CASE WHEN invokers = 1 THEN invoker ELSE concat(CAST(invokers AS STRING), ' invokers') END,
    ': ', CAST(n AS STRING), ' cold starts although a container had run less than ten minutes before cost ',
    CAST(CAST(round(p.cold_ms / 1000) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  round(p.cold_ms, 1) AS at_stake_ms,
  CASE WHEN n >= 6 THEN round(greatest(0, p.cold_ms - 1.96 * sqrt(n) * sd_ms), 1) END AS low_ms,
  CASE WHEN n >= 6 THEN round(p.cold_ms + 1.96 * sqrt(n) * sd_ms + coalesce(f.cold_ms, 0), 1) END AS high_ms,
  n,
  n AS value,
  :min_cold_starts AS threshold,
  'measured' AS confidence,
  'let both fit: more memory for containers (CONFIG_whisk_containerPool_userMemory) or lower memory limits of the two; else keep'
  ' them on different invokers' AS next_step,
  concat(p.one, ' + ', p.other) AS subject_actions,
  CASE WHEN invokers = 1 THEN invoker END AS subject_invoker
FROM pairs p
LEFT JOIN firsts f ON f.one = p.one AND f.other = p.other
ORDER BY at_stake_ms DESC, subject_actions
