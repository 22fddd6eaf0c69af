-- A usual and a slow run of each sequence, step by step.
--
-- Chart:     R19, R20
-- Answers:   which step of a sequence takes its time, and how much passes between steps?
-- Reads:     invocations (documents: events do not say what is part of what)
-- Columns:   namespace, action, run (usual: the one nearest the median; slow: nearest the 95th percentile, or the slowest of fewer than 59),
--            activation_id, n (runs of the sequence), wall_ms, step (in order of their start), depth (2 for parts of a sequence that is a
--            part itself), step_action, step_class, offset_ms (of its arrival, after the sequence's), wait_ms, init_ms, run_ms
WITH
runs AS (
  SELECT
    namespace,
    action,
    activation_id,
    start_est_ms,
    wall_ms,
    count(*) OVER (PARTITION BY namespace, action) AS n,
    sum(wall_ms) OVER (PARTITION BY namespace, action) AS total_ms,
    row_number() OVER (PARTITION BY namespace, action ORDER BY wall_ms, activation_id) AS place
  FROM invocations
  WHERE class IN ('sequence', 'composition') AND wall_ms BETWEEN 0 AND 86400000 AND cause IS NULL
    AND namespace IS NOT NULL AND action IS NOT NULL
),
ranked AS (
  SELECT namespace, action, row_number() OVER (ORDER BY max(total_ms) DESC, namespace, action) AS rank_of_action
  FROM runs
  GROUP BY namespace, action
),
chosen AS (
  SELECT r.*, k.rank_of_action, 'usual' AS run
  FROM runs r
  JOIN ranked k ON k.namespace = r.namespace AND k.action = r.action
  WHERE k.rank_of_action <= 10 AND r.place = CAST(ceil(r.n / 2.0) AS BIGINT)
  UNION ALL
  SELECT r.*, k.rank_of_action, 'slow' AS run
  FROM runs r
  JOIN ranked k ON k.namespace = r.namespace AND k.action = r.action
  WHERE k.rank_of_action <= 10
    AND r.place = CASE WHEN r.n >= 59 THEN CAST(ceil(0.95 * r.n) AS BIGINT) ELSE r.n END
),
parts AS (
  SELECT c.run, c.activation_id AS whole, 1 AS depth, p.*
  FROM chosen c
  JOIN invocations p ON p.cause = c.activation_id
),
steps AS (
  SELECT run, whole, depth, activation_id, action, class, arrive_est_ms, start_est_ms, wait_ms, init_ms, run_ms, wall_ms
  FROM parts
  UNION ALL
  SELECT o.run, o.whole, 2, p.activation_id, p.action, p.class, p.arrive_est_ms, p.start_est_ms, p.wait_ms, p.init_ms, p.run_ms, p.wall_ms
  FROM parts o
  JOIN invocations p ON p.cause = o.activation_id
),
numbered AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY run, whole ORDER BY start_est_ms, depth, activation_id) AS step
  FROM steps
)
SELECT
  c.namespace,
  c.action,
  c.run,
  c.activation_id,
  c.n,
  c.wall_ms,
  s.step,
  s.depth,
  s.action AS step_action,
  s.class AS step_class,
  coalesce(s.arrive_est_ms, s.start_est_ms) - c.start_est_ms AS offset_ms,
  s.wait_ms,
  s.init_ms,
  CASE WHEN s.class IN ('sequence', 'composition') THEN s.wall_ms ELSE s.run_ms END AS run_ms
FROM chosen c
JOIN numbered s ON s.run = c.run AND s.whole = c.activation_id
WHERE s.step <= 100
ORDER BY c.rank_of_action, c.run DESC, s.step;
