-- Namespaces that slow down all others on the same invoker while they are at work.
--
-- Report:    R18 Noisy neighbours
-- Answers:   whose work makes the runs of others longer, and by how much?
-- Reads:     neighbours
-- Variables: min_factor (number, default 1.1): how many times as long the others take at least, beyond chance
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_namespace, factor,
--            invokers
WITH summed AS (
  SELECT
    namespace,
    max(CASE WHEN is_noisy THEN 1 ELSE 0 END) = 1 AS is_noisy,
    count(*) AS invokers,
    min(invoker) AS invoker,
    sum(n) AS n,
    sum(run_ms) AS run_ms,
    sum(expected_ms) AS expected_ms,
    sum(excess_ms) AS excess_ms,
    sqrt(sum(excess_sd_ms * excess_sd_ms)) AS sd_ms
  FROM neighbours
  WHERE is_noisy OR namespace NOT IN (SELECT namespace FROM neighbours WHERE is_noisy)
  GROUP BY namespace
  HAVING sum(expected_ms) > 0
)
SELECT
  'R18' AS finding,
  concat(
    'While ', namespace, ' is at work on ',
    CASE WHEN invokers = 1 THEN invoker ELSE concat(CAST(invokers AS STRING), ' invokers') END,
    ', the runs of others there take ', CAST(CAST(least(run_ms / expected_ms, 1000000) AS DECIMAL(18, 1)) AS STRING),
    ' times as long as at other times; ', CAST(CAST(n AS BIGINT) AS STRING), ' runs lost ',
    CAST(CAST(round(excess_ms / 1000) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  round(excess_ms, 1) AS at_stake_ms,
  round(excess_ms - 1.96 * sd_ms, 1) AS low_ms,
  round(excess_ms + 1.96 * sd_ms, 1) AS high_ms,
  CAST(n AS BIGINT) AS n,
  CASE WHEN is_noisy THEN round((run_ms - 3 * sd_ms) / expected_ms, 4) ELSE 0 END AS value,
  :min_factor AS threshold,
  'estimated' AS confidence,
  concat(
    'limit ', namespace, ' (wskadmin limits set ', namespace, ' --concurrentInvocations N), give its actions more memory so that',
    ' fewer of them share a machine, or give it invokers of its own'
  ) AS next_step,
  namespace AS subject_namespace,
  round(run_ms / expected_ms, 3) AS factor,
  invokers
FROM summed
ORDER BY at_stake_ms DESC, namespace
