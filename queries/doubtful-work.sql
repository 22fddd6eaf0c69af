-- What is missing, repeated or doubtful in the recording.
--
-- Rows with n = 0 say that it was looked for. What only one source has, and why, reconciliation tells; what cannot be
-- read, unreadable-events.
--
-- Report:    R30 Lost work
-- Answers:   how far can the figures be trusted?
-- Reads:     recorded_events, recorded_activations, events, invocations
-- Columns:   doubt, n, of_n (of how many it could be), doubt_share
-- Next:      Above a hundredth repair the recording first: doctor names the settings, and record --resume fills gaps
--            that Kafka still holds. Small shares only explain why counts differ a little.
WITH totals AS (
  SELECT
    count(*) AS invocations,
    count(*) FILTER (WHERE class NOT IN ('trigger', 'probe')) AS calls,
    count(*) FILTER (WHERE found_in = 'events') AS only_events,
    count(*) FILTER (WHERE found_in = 'couchdb' AND class <> 'trigger') AS only_documents,
    count(*) FILTER (WHERE found_in <> 'couchdb') AS with_event,
    count(*) FILTER (WHERE found_in <> 'events' AND class <> 'trigger') AS with_document,
    coalesce(sum(duplicates), 0) AS repeated,
    count(disagrees) AS contradictory,
    count(*) FILTER (WHERE never_ran) AS never_ran,
    count(*) FILTER (WHERE class IN ('single', 'sequence', 'composition') AND caused_by IS NULL) AS from_outside,
    count(*) FILTER (WHERE class = 'component') AS parts,
    count(*) FILTER (WHERE class = 'component' AND coalesce(wait_ms, 0) = 0) AS parts_without_wait,
    min(end_est_ms) FILTER (WHERE in_base_set) AS first_end_ms,
    max(end_est_ms) FILTER (WHERE in_base_set) AS last_end_ms,
    max(response_ms) FILTER (WHERE in_base_set) AS longest_ms
  FROM invocations
),
edges AS (
  SELECT
    count(*) FILTER (WHERE arrive_est_ms < first_end_ms) AS before_first,
    count(*) FILTER (WHERE arrive_est_ms > last_end_ms - longest_ms) AS within_last,
    count(*) AS base
  FROM invocations
  CROSS JOIN totals
  WHERE in_base_set
),
messages AS (
  SELECT
    count(*) AS messages,
    count(*) FILTER (WHERE unreadable_reason IS NOT NULL) AS unreadable,
    count(*) FILTER (WHERE metric_name = 'ConcurrentInvocations') AS admitted
  FROM events
),
offsets AS (
  SELECT coalesce(sum(missing), 0) AS missing, coalesce(sum(spanned), 0) AS spanned
  FROM (
    SELECT max(e.offset) - min(e.offset) + 1 - count(*) AS missing, max(e.offset) - min(e.offset) + 1 AS spanned
    FROM recorded_events e
    GROUP BY e.incarnation, e.partition
  ) partitions
),
documents AS (
  SELECT count(*) AS documents, count(*) FILTER (WHERE document_type IS NULL) AS unreadable
  FROM recorded_activations
),
doubts AS (
  SELECT 1 AS place, 'offsets missing from the topic' AS doubt, missing AS n, spanned AS of_n FROM offsets
  UNION ALL
  SELECT 2 AS place, 'messages nobody can read' AS doubt, unreadable AS n, messages AS of_n FROM messages
  UNION ALL
  SELECT 3 AS place, 'documents nobody can read' AS doubt, unreadable AS n, documents AS of_n FROM documents
  UNION ALL
  SELECT 4 AS place, 'events repeated' AS doubt, repeated AS n, with_event + repeated AS of_n FROM totals
  UNION ALL
  SELECT 5 AS place, 'events without document' AS doubt, only_events AS n, with_event AS of_n
  FROM totals
  WHERE with_document > 0
  UNION ALL
  SELECT 6 AS place, 'documents without event' AS doubt, only_documents AS n, with_document AS of_n
  FROM totals
  WHERE with_event > 0
  UNION ALL
  SELECT 7 AS place, 'event and document differ' AS doubt, contradictory AS n, least(with_event, with_document) AS of_n
  FROM totals
  UNION ALL
  -- Older load balancers only: where nobody counts admissions there is nothing to compare with.
  SELECT
    8 AS place,
    'admitted, completion not seen' AS doubt,
    greatest(admitted - from_outside, 0) AS n,
    admitted AS of_n
  FROM totals
  CROSS JOIN messages
  WHERE admitted > 0
  UNION ALL
  SELECT 9 AS place, 'never ran' AS doubt, never_ran AS n, calls AS of_n FROM totals
  UNION ALL
  SELECT 10 AS place, concat('figures left out: ', quality) AS doubt, count(*) AS n, max(calls) AS of_n
  FROM invocations
  CROSS JOIN totals
  WHERE quality IS NOT NULL AND class <> 'probe'
  GROUP BY quality
  UNION ALL
  SELECT 11 AS place, 'parts of sequences without wait' AS doubt, parts_without_wait AS n, parts AS of_n FROM totals
  UNION ALL
  SELECT 12 AS place, 'arrived before the first end seen' AS doubt, before_first AS n, base AS of_n FROM edges
  UNION ALL
  SELECT 13 AS place, 'arrived nearer to the end than the longest call' AS doubt, within_last AS n, base AS of_n
  FROM edges
)
SELECT
  doubt,
  CAST(n AS BIGINT) AS n,
  CAST(of_n AS BIGINT) AS of_n,
  round(CAST(n AS DOUBLE) / nullif(of_n, 0), 4) AS doubt_share
FROM doubts
ORDER BY place, doubt;
