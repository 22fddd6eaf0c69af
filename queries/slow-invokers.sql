-- Invokers on which the same actions take longer than on the others.
--
-- Report:    R07 Invokers
-- Answers:   is one machine slower than the others, and what does that cost?
-- Reads:     run_times
-- Variables: min_factor (number, default 1.1): how many times as long runs take there at least, beyond chance
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_invoker, factor,
--            compared_actions, compared_share
WITH elsewhere AS (
  SELECT
    *,
    sum(n) OVER (same) - n AS other_n,
    sum(run_ms) OVER (same) - run_ms AS other_ms,
    sum(run_ms_squared) OVER (same) - run_ms_squared AS other_squared
  FROM run_times
  WHERE invoker IS NOT NULL
  WINDOW same AS (PARTITION BY action, sequence, status_code)
),
compared AS (
  SELECT
    invoker,
    action,
    run_ms,
    n * other_ms / other_n AS expected_ms,
    n * greatest(0, run_ms_squared - run_ms * run_ms / n) / (n - 1)
      + n * (n * greatest(0, other_squared - other_ms * other_ms / other_n) / (other_n - 1) / other_n) AS variance
  FROM elsewhere
  WHERE n >= 5 AND other_n >= 20
),
by_invoker AS (
  SELECT
    invoker,
    count(DISTINCT action) AS actions,
    sum(run_ms) AS run_ms,
    sum(expected_ms) AS expected_ms,
    sum(run_ms - expected_ms) AS excess_ms,
    sqrt(sum(variance)) AS sd_ms
  FROM compared
  GROUP BY invoker
  HAVING sum(expected_ms) > 0
),
-- What cannot be compared, since it runs nowhere else or was disturbed by a noisy neighbour, is taken to be as much slower as the
-- rest.
everything AS (
  SELECT
    b.*,
    a.n,
    b.run_ms / b.expected_ms AS factor,
    b.run_ms / a.all_run_ms AS share,
    b.excess_ms + (a.all_run_ms - b.run_ms + a.init_ms) * (1 - b.expected_ms / b.run_ms) AS at_stake_ms,
    (a.all_run_ms - b.run_ms) * (1 - b.expected_ms / b.run_ms) AS inferred_ms
  FROM by_invoker b
  JOIN (
    SELECT
      invoker,
      sum(n + disturbed_n) AS n,
      sum(CASE WHEN n > 0 THEN run_ms * (n + disturbed_n) / n ELSE 0 END) AS all_run_ms,
      sum(init_ms) AS init_ms
    FROM run_times
    GROUP BY invoker
  ) a ON a.invoker = b.invoker
  WHERE b.run_ms > 0
)
SELECT
  'R07' AS finding,
  concat(
    invoker, ' runs the same actions ', CAST(CAST(least(factor, 1000000) AS DECIMAL(18, 1)) AS STRING),
    ' times as long as the other invokers; ', CAST(CAST(n AS BIGINT) AS STRING), ' calls lost ',
    CAST(CAST(round(at_stake_ms / 1000) AS BIGINT) AS STRING), ' s',
    CASE
      WHEN share < 0.95 THEN concat(
        ', of which ', CAST(CAST(round(inferred_ms / 1000) AS BIGINT) AS STRING),
        ' s are concluded for actions that run nowhere else'
      )
      ELSE ''
    END
  ) AS claim,
  round(at_stake_ms, 1) AS at_stake_ms,
  round(excess_ms - 1.96 * sd_ms, 1) AS low_ms,
  round(at_stake_ms + 1.96 * sd_ms / share, 1) AS high_ms,
  CAST(n AS BIGINT) AS n,
  round((run_ms - 3 * sd_ms) / expected_ms, 4) AS value,
  :min_factor AS threshold,
  CASE WHEN share >= 0.5 AND actions >= 2 THEN 'estimated' ELSE 'inferred' END AS confidence,
  CASE
    WHEN actions >= 2 THEN concat(
      'look at the machine of ', invoker, ': throttled or stolen processor time, a full disk, other tenants; drain it if it stays slow'
    )
    ELSE concat(
      'only one action can be compared: look at what its callers there send it before blaming the machine of ', invoker
    )
  END AS next_step,
  invoker AS subject_invoker,
  round(factor, 3) AS factor,
  actions AS compared_actions,
  round(share, 4) AS compared_share
FROM everything
ORDER BY at_stake_ms DESC, subject_invoker
