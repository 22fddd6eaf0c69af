-- Steps of sequences that take longer there than the same action does elsewhere.
--
-- Report:    R19 Sequences
-- Answers:   does an action take longer as a step of a sequence than it does alone or in another one?
-- Reads:     run_times
-- Variables: min_factor (number, default 1.2): how many times as long it takes at least, beyond chance
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_sequence,
--            subject_step, factor, step_ms, elsewhere_ms
WITH elsewhere AS (
  SELECT
    *,
    sum(known_n) OVER (here) - known_n AS near_n,
    sum(known_ms) OVER (here) - known_ms AS near_ms,
    sum(known_squared) OVER (here) - known_squared AS near_squared,
    sum(known_n) OVER (anywhere) - sum(known_n) OVER (step) AS far_n,
    sum(known_ms) OVER (anywhere) - sum(known_ms) OVER (step) AS far_ms,
    sum(known_squared) OVER (anywhere) - sum(known_squared) OVER (step) AS far_squared
  FROM (
    -- What may be a part of any sequence is compared with others, and nothing with it.
    SELECT
      *,
      CASE WHEN sequence = '?' THEN 0 ELSE n END AS known_n,
      CASE WHEN sequence = '?' THEN 0 ELSE run_ms END AS known_ms,
      CASE WHEN sequence = '?' THEN 0 ELSE run_ms_squared END AS known_squared
    FROM run_times
  ) t
  WINDOW
    here AS (PARTITION BY action, status_code, invoker),
    anywhere AS (PARTITION BY action, status_code),
    step AS (PARTITION BY action, status_code, sequence)
),
-- Runs that a noisy neighbour disturbed tell nothing of the step; they are taken to be like the rest.
-- On the same invoker where the action has run often enough outside of this sequence, so that no slow machine interferes.
chosen AS (
  SELECT
    sequence,
    action,
    n,
    (n + disturbed_n) / CAST(n AS DOUBLE) AS all_per_run,
    run_ms,
    run_ms_squared,
    CASE WHEN near_n >= 20 THEN near_n ELSE far_n END AS other_n,
    CASE WHEN near_n >= 20 THEN near_ms ELSE far_ms END AS other_ms,
    CASE WHEN near_n >= 20 THEN near_squared ELSE far_squared END AS other_squared
  FROM elsewhere
  WHERE sequence <> '' AND n >= 5
),
compared AS (
  SELECT
    sequence,
    action,
    n * all_per_run AS n,
    run_ms * all_per_run AS run_ms,
    n * all_per_run * other_ms / other_n AS expected_ms,
    all_per_run * all_per_run * (
      n * greatest(0, run_ms_squared - run_ms * run_ms / n) / (n - 1)
      + n * (n * greatest(0, other_squared - other_ms * other_ms / other_n) / (other_n - 1) / other_n)
    ) AS variance
  FROM chosen
  WHERE other_n >= 20
),
steps AS (
  SELECT
    sequence,
    action,
    sum(n) AS n,
    sum(run_ms) AS run_ms,
    sum(expected_ms) AS expected_ms,
    sum(run_ms - expected_ms) AS excess_ms,
    sqrt(sum(variance)) AS sd_ms
  FROM compared
  GROUP BY sequence, action
  HAVING sum(expected_ms) > 0
)
SELECT
  'R19' AS finding,
  concat(
    'In ', CASE WHEN sequence = '?' THEN 'sequences' ELSE sequence END, ' the step ', action, ' takes ', CAST(CAST(least(run_ms / expected_ms, 1000000) AS DECIMAL(18, 1)) AS STRING),
    ' times as long as elsewhere, ', CAST(CAST(round(run_ms / n) AS BIGINT) AS STRING), ' ms instead of ',
    CAST(CAST(round(expected_ms / n) AS BIGINT) AS STRING), ' ms; ', CAST(CAST(round(n) AS BIGINT) AS STRING), ' runs lost ',
    CAST(CAST(round(excess_ms / 1000) AS BIGINT) AS STRING), ' s'
  ) AS claim,
  round(excess_ms, 1) AS at_stake_ms,
  round(excess_ms - 1.96 * sd_ms, 1) AS low_ms,
  round(excess_ms + 1.96 * sd_ms, 1) AS high_ms,
  CAST(round(n) AS BIGINT) AS n,
  round((run_ms - 3 * sd_ms) / expected_ms, 4) AS value,
  :min_factor AS threshold,
  CASE WHEN sequence = '?' THEN 'inferred' ELSE 'estimated' END AS confidence,
  concat(
    'compare what ', CASE WHEN sequence = '?' THEN 'its sequence' ELSE sequence END, ' hands to ', action, ' with what others send it: larger input, another branch, a cache that misses'
  ) AS next_step,
  nullif(sequence, '?') AS subject_sequence,
  action AS subject_step,
  round(run_ms / expected_ms, 3) AS factor,
  round(run_ms / n, 1) AS step_ms,
  round(expected_ms / n, 1) AS elsewhere_ms
FROM steps
ORDER BY at_stake_ms DESC, subject_step, subject_sequence
