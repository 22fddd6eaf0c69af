-- Refused calls over time.
--
-- Chart:     R12
-- Answers:   when were calls refused, and for which limit?
-- Reads:     events, charted_windows
-- Columns:   namespace (the twenty with the most refused calls; null for all others), at_ms, width_ms, concurrent (more in flight than the
--            namespace may have), timed (more in a minute than it may have)
WITH
span AS (
  SELECT first_ms, width_ms FROM charted_windows WHERE number = 0
),
refused AS (
  SELECT
    e.namespace,
    e.metric_name,
    CAST(floor((e.event_time_ms - t.first_ms) / t.width_ms) AS BIGINT) AS number
  FROM events e
  CROSS JOIN span t
  WHERE e.metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')
    -- Anybody may send any number; the view has no time for those beyond all calendars.
    AND e.event_time IS NOT NULL
),
ranked AS (
  SELECT namespace, row_number() OVER (ORDER BY count(*) DESC, namespace) AS place
  FROM refused
  WHERE namespace IS NOT NULL
  GROUP BY namespace
)
SELECT
  k.namespace,
  w.at_ms,
  w.width_ms,
  count(*) FILTER (WHERE r.metric_name = 'ConcurrentRateLimit') AS concurrent,
  count(*) FILTER (WHERE r.metric_name = 'TimedRateLimit') AS timed
FROM refused r
JOIN charted_windows w ON w.number = r.number
LEFT JOIN ranked k ON k.namespace = r.namespace AND k.place <= 20
GROUP BY k.namespace, k.place, w.at_ms, w.width_ms
ORDER BY k.place NULLS LAST, w.at_ms;
