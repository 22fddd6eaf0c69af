-- Events against documents: what is there twice, what is missing on one side, and why.
--
-- The first reason that fits counts; it is likely, not proven. docs/queries.md says what each means.
--
-- Report:    R30 Lost work
-- Answers:   which activations have no event, or no document, and what is the likely reason?
-- Reads:     invocations, recorded_events, recorded_activations
-- Columns:   found_in (both, events, couchdb), class, reason (null where both are there), activations, first_at
--            (estimated end; start of a trigger), last_at, example_id (the smallest activation id)
-- Next:      doctor names the setting behind most reasons. Lost events or documents make counts too small, not times
--            wrong.
SELECT
  found_in,
  class,
  reason,
  count(*) AS activations,
  min(happened_at) AS first_at,
  max(happened_at) AS last_at,
  min(activation_id) AS example_id
FROM (
  SELECT
    i.found_in,
    i.class,
    i.activation_id,
    coalesce(i.end_est, i.start_est) AS happened_at,
    CASE i.found_in
      WHEN 'couchdb' THEN
        CASE
          WHEN i.class = 'trigger' THEN 'a trigger has no event'
          WHEN e.messages = 0 THEN 'the topic was not recorded, or is empty: user events are off'
          WHEN e.activations = 0 THEN 'user events are off'
          WHEN e.with_id = 0 THEN 'events carry no activation id'
          WHEN i.class = 'probe' THEN 'a health probe without event'
          WHEN i.end_ms < e.first_ms THEN 'before the first event'
          WHEN i.end_ms > e.last_ms THEN 'after the last event'
          WHEN i.class IN ('sequence', 'composition') AND e.of_controllers = 0
            THEN 'user events are off in the controller'
          WHEN i.quality = 'not_measured' THEN 'dropped before it ran, without event'
          ELSE 'event lost, or off where it ran'
        END
      WHEN 'events' THEN
        CASE
          WHEN d.documents = 0 THEN 'the database was not recorded, or is empty'
          WHEN d.activations = 0 THEN 'the database holds no activations'
          WHEN i.activation_id IS NULL THEN 'event without activation id'
          WHEN t._id IS NOT NULL THEN 'document deleted before it was read'
          WHEN i.event_time_ms < d.first_ms THEN 'before the first document'
          WHEN i.event_time_ms > d.last_ms THEN 'after the last document'
          WHEN i.status_code = 1 AND i.quality = 'not_measured' THEN 'namespace is blacklisted'
          WHEN n.namespace IS NULL THEN 'nothing of this namespace is stored'
          WHEN i.status_code = 0 AND d.successes = 0 THEN 'successes are not stored'
          WHEN i.status_code = 1 AND d.application_errors = 0 THEN 'application errors are not stored'
          WHEN i.status_code = 0 THEN 'success not stored, or document lost'
          ELSE 'document lost, or invoker died'
        END
    END AS reason
  FROM invocations i
  -- Two rows of totals, one of each table.
  CROSS JOIN (
    SELECT
      count(*) AS messages,
      count(*) FILTER (WHERE body_type = 'activation') AS activations,
      count(activation_id) AS with_id,
      count(*) FILTER (WHERE body_type = 'activation' AND event_source LIKE 'controller%') AS of_controllers,
      min(event_time_ms) FILTER (WHERE activation_id IS NOT NULL) AS first_ms,
      max(event_time_ms) FILTER (WHERE activation_id IS NOT NULL) AS last_ms
    FROM recorded_events
  ) e
  CROSS JOIN (
    SELECT
      count(*) AS documents,
      count(*) FILTER (WHERE document_type = 'activation') AS activations,
      count(*) FILTER (WHERE status_code = 0 AND path IS NOT NULL) AS successes,
      count(*) FILTER (WHERE status_code = 1) AS application_errors,
      min(end_ms) FILTER (WHERE end_ms > 0) AS first_ms,
      max(end_ms) FILTER (WHERE end_ms > 0) AS last_ms
    FROM recorded_activations
  ) d
  LEFT JOIN (SELECT DISTINCT _id FROM recorded_activations WHERE deleted) t
    -- Putting together the text of every call would take longer than to look for the few.
    ON t._id = CASE WHEN i.found_in = 'events' THEN i.namespace || '/' || i.activation_id END
  LEFT JOIN (SELECT DISTINCT namespace FROM recorded_activations) n ON n.namespace = i.namespace
) reasoned
GROUP BY found_in, class, reason
ORDER BY found_in, activations DESC, class, reason NULLS FIRST;
