-- The steps of sequences and compositions, by sequence and place.
--
-- A step's place is its order of arrival in its sequence. An inner sequence is one step, which runs from its start to
-- its end; its own steps stand under it. In a composition the conductor's own runs are steps too, and a place may have
-- another action each time.
--
-- Report:    R19 Sequences
-- Answers:   which step of a sequence takes the time, and does it wait, initialise or run?
-- Reads:     invocations
-- Columns:   sequence, step, action, n, cold_share, wait_ms_p50, init_ms_p50 (of cold starts), run_ms_p50, run_ms_p95,
--            total_ms (waits that can be used, initialisation and run of all), step_share (of the steps of this
--            sequence)
-- Next:      The step with the largest share first: its code if it runs long, R02 if it starts cold, R04 if it waits.
--            Compare its run with the same action called alone (R22).
WITH parents AS (
  SELECT activation_id AS parent, action AS sequence
  FROM invocations
  WHERE class IN ('sequence', 'composition')
),
-- Every part has a place, also one that cannot be measured.
placed AS (
  SELECT
    sequence,
    row_number() OVER (
      PARTITION BY parent ORDER BY arrive_est_ms NULLS LAST, end_est_ms NULLS LAST, activation_id
    ) AS step,
    action,
    CASE WHEN class = 'component' THEN is_cold END AS is_cold,
    CASE WHEN quality IS NULL THEN wait_ms END AS wait_ms,
    CASE WHEN class = 'component' THEN init_ms ELSE 0 END AS init_ms,
    CASE WHEN class = 'component' THEN run_ms ELSE wall_ms END AS run_ms,
    NOT never_ran AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
      AND (class = 'component' OR wall_ms BETWEEN 0 AND 86400000) AS is_measured
  FROM invocations
  JOIN parents ON parent = cause
  WHERE caused_by = 'sequence'
),
steps AS (
  SELECT
    sequence,
    step,
    action,
    count(*) AS n,
    round(CAST(count(*) FILTER (WHERE is_cold) AS DOUBLE) / nullif(count(is_cold), 0), 4) AS cold_share,
    CASE
      WHEN count(wait_ms) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1)
    END AS wait_ms_p50,
    CASE
      WHEN count(*) FILTER (WHERE is_cold) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE is_cold), 1)
    END AS init_ms_p50,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p50,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p95,
    CAST(sum(coalesce(wait_ms, 0) + init_ms + run_ms) AS BIGINT) AS total_ms
  FROM placed
  WHERE is_measured
  GROUP BY sequence, step, action
),
totals AS (
  SELECT *, sum(total_ms) OVER (PARTITION BY sequence) AS sequence_ms FROM steps
)
SELECT
  sequence,
  step,
  action,
  n,
  cold_share,
  wait_ms_p50,
  init_ms_p50,
  run_ms_p50,
  run_ms_p95,
  total_ms,
  round(total_ms / nullif(CAST(sequence_ms AS DOUBLE), 0), 4) AS step_share
FROM totals
ORDER BY sequence_ms DESC, sequence NULLS LAST, step, n DESC, action NULLS LAST;
