-- The critical path of sequences and compositions: where the time between start and end goes.
--
-- Followed down to what runs, through inner sequences up to three deep. Steps follow each other, so each lies on the
-- path: its wait, initialisation and run. What no step covers is between: the controller, waits that cannot be used,
-- and parts that were not recorded. Only the outermost sequences are listed.
--
-- Report:    R20 Critical path
-- Answers:   which steps' waits and runs make a sequence as long as it is?
-- Reads:     invocations
-- Columns:   sequence, action (of the step, or `between steps`), part (wait, init, run, or between), n (sequences that
--            have it), total_ms, path_share (of the time from start to end of all of this sequence)
-- Next:      Only what is on this path makes the sequence faster: begin with the largest share.
WITH links AS (
  SELECT activation_id AS child, cause AS parent
  FROM invocations
  WHERE class IN ('sequence', 'composition') AND cause IS NOT NULL
),
roots AS (
  SELECT activation_id AS root, action AS sequence, wall_ms
  FROM invocations
  WHERE class IN ('sequence', 'composition') AND caused_by IS NULL AND wall_ms BETWEEN 0 AND 86400000
),
leaves AS (
  SELECT
    coalesce(third.parent, second.parent, first.parent, i.cause) AS root,
    i.action,
    -- One clock measures initialisation and run, two clocks the wait.
    CASE WHEN i.quality IS NULL THEN i.wait_ms ELSE 0 END AS wait_ms,
    i.init_ms,
    i.run_ms
  FROM invocations i
  LEFT JOIN links first ON first.child = i.cause
  LEFT JOIN links second ON second.child = first.parent
  LEFT JOIN links third ON third.child = second.parent
  WHERE i.class = 'component' AND i.cause IS NOT NULL AND NOT i.never_ran
    AND (i.quality IS NULL OR i.quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
),
steps AS (
  SELECT
    r.sequence,
    r.root,
    max(r.wall_ms) AS wall_ms,
    l.action,
    sum(l.wait_ms) AS wait_ms,
    sum(l.init_ms) AS init_ms,
    sum(l.run_ms) AS run_ms
  FROM leaves l
  JOIN roots r ON r.root = l.root
  GROUP BY r.sequence, r.root, l.action
),
whole AS (
  SELECT sequence, sum(wall_ms) AS wall_ms
  FROM (SELECT DISTINCT sequence, root, wall_ms FROM steps) measured
  GROUP BY sequence
),
parts AS (
  SELECT sequence, action, 'wait' AS part, count(*) AS n, sum(wait_ms) AS part_ms
  FROM steps
  GROUP BY sequence, action
  UNION ALL
  SELECT sequence, action, 'init' AS part, count(*) AS n, sum(init_ms) AS part_ms
  FROM steps
  WHERE init_ms > 0
  GROUP BY sequence, action
  UNION ALL
  SELECT sequence, action, 'run' AS part, count(*) AS n, sum(run_ms) AS part_ms
  FROM steps
  GROUP BY sequence, action
  UNION ALL
  SELECT sequence, 'between steps' AS action, 'between' AS part, count(*) AS n, sum(between_ms) AS part_ms
  FROM (
    SELECT sequence, max(wall_ms) - sum(wait_ms + init_ms + run_ms) AS between_ms
    FROM steps
    GROUP BY sequence, root
  ) uncovered
  GROUP BY sequence
)
SELECT
  p.sequence,
  p.action,
  p.part,
  p.n,
  CAST(p.part_ms AS BIGINT) AS total_ms,
  round(p.part_ms / nullif(CAST(w.wall_ms AS DOUBLE), 0), 4) AS path_share
FROM parts p
JOIN whole w ON w.sequence = p.sequence
ORDER BY w.wall_ms DESC, p.sequence NULLS LAST, total_ms DESC, p.action, p.part;
