-- Sequences and compositions: how long they take, and what the steps between cost.
--
-- Overhead is the time from start to end less the durations of the parts: their waits, and the controller between them.
-- The chance of a cold start is what it would be if parts started cold independently, each as often as it does as a
-- part.
--
-- Report:    R19 Sequences
-- Answers:   which sequences take long, how much of that is overhead, and how many have a cold part?
-- Reads:     invocations
-- Columns:   sequence, n (with start and end: from documents), steps (median), wall_ms_p50, wall_ms_p95, total_ms (all
--            together), overhead_share (of total_ms), overhead_ms_p50, cold_any_share (with at least one cold part),
--            cold_chance_share (1 less the product of the parts' warm shares, in the mean)
-- Next:      A large overhead: merge steps, or call less often. Many with a cold part: warm the whole chain, or merge
--            rare steps into frequent ones. More than the chance means that whole chains go cold together.
WITH parts AS (
  SELECT cause, action, is_cold
  FROM invocations
  WHERE class = 'component' AND cause IS NOT NULL AND NOT never_ran
),
rates AS (
  SELECT
    action AS rated,
    -- Never 0: the logarithm of what is always cold.
    ln(greatest(1 - CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / count(*), 0.000001)) AS log_warm
  FROM parts
  GROUP BY action
),
chains AS (
  SELECT
    cause AS chain,
    count(*) AS steps,
    count(*) FILTER (WHERE is_cold) AS cold_steps,
    1 - exp(sum(log_warm)) AS cold_chance
  FROM parts
  JOIN rates ON rated = action
  GROUP BY cause
)
SELECT
  action AS sequence,
  count(*) AS n,
  CASE WHEN count(steps) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY steps), 1) END AS steps,
  CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wall_ms), 1) END AS wall_ms_p50,
  CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wall_ms), 1) END AS wall_ms_p95,
  CAST(sum(wall_ms) AS BIGINT) AS total_ms,
  round(CAST(sum(wall_ms - duration_ms) AS DOUBLE) / nullif(sum(wall_ms), 0), 3) AS overhead_share,
  CASE
    WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wall_ms - duration_ms), 1)
  END AS overhead_ms_p50,
  round(CAST(count(*) FILTER (WHERE cold_steps > 0) AS DOUBLE) / nullif(count(steps), 0), 4) AS cold_any_share,
  round(avg(cold_chance), 4) AS cold_chance_share
FROM invocations
LEFT JOIN chains ON chain = activation_id
WHERE class IN ('sequence', 'composition') AND quality IS NULL AND wall_ms BETWEEN 0 AND 86400000
GROUP BY action
ORDER BY total_ms DESC, n DESC, sequence NULLS LAST;
