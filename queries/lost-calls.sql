-- Calls that were admitted and of which nothing more was heard.
--
-- Report:    R30 Lost work
-- Answers:   did calls get lost between admission and completion?
-- Reads:     events, invocations
-- Variables: min_lost (integer, default 5): calls of a namespace, at least
--            min_lost_share (number, default 0.01): of those admitted, at least
--            still_running_ms (integer, default 60000): before the last event, since later calls may not have ended
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_namespace, admitted,
--            completed, lost_share
WITH span AS (
  SELECT
    min(CASE WHEN metric_name = 'ConcurrentInvocations' THEN event_time_ms END) AS from_ms,
    max(event_time_ms) - :still_running_ms AS until_ms
  FROM events
  WHERE event_time_ms BETWEEN -62135596800000 AND 253402300799999
),
admitted AS (
  SELECT e.namespace, count(*) AS admitted
  FROM events e
  CROSS JOIN span s
  WHERE e.metric_name = 'ConcurrentInvocations' AND e.event_time_ms >= s.from_ms AND e.event_time_ms < s.until_ms
  GROUP BY e.namespace
),
-- Only calls from outside and those of rules are admitted one by one, parts of sequences are not.
completed AS (
  SELECT i.namespace, count(*) AS completed
  FROM invocations i
  CROSS JOIN span s
  WHERE i.class IN ('single', 'sequence', 'composition') AND i.caused_by IS NULL
    AND i.arrive_est_ms >= s.from_ms AND i.arrive_est_ms < s.until_ms
  GROUP BY i.namespace
),
counted AS (
  SELECT
    a.namespace,
    a.admitted,
    coalesce(c.completed, 0) AS completed,
    a.admitted - coalesce(c.completed, 0) AS n,
    (a.admitted - coalesce(c.completed, 0)) / CAST(a.admitted AS DOUBLE) AS share
  FROM admitted a
  LEFT JOIN completed c ON c.namespace = a.namespace
)
SELECT
  'R30' AS finding,
  concat(
    CAST(n AS STRING), ' of ', CAST(admitted AS STRING), ' calls of ', namespace, ' were admitted, and no event or document says that'
    ' they ended'
  ) AS claim,
  0 AS at_stake_ms,
  CAST(NULL AS DOUBLE) AS low_ms,
  CAST(NULL AS DOUBLE) AS high_ms,
  n,
  CASE WHEN n >= :min_lost THEN round(share, 4) ELSE 0 END AS value,
  :min_lost_share AS threshold,
  'inferred' AS confidence,
  'see whether an invoker or controller went down then, and whether the recording has gaps (whisktape info); what was queued for an'
  ' invoker that never came back is lost' AS next_step,
  namespace AS subject_namespace,
  admitted,
  completed,
  round(share, 4) AS lost_share
FROM counted
ORDER BY n DESC, namespace
