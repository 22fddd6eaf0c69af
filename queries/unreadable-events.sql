-- Events that are not as OpenWhisk writes them, by reason.
--
-- Report:    R30 Lost work
-- Answers:   what could not be read, would stop user-events, or has fields of another type, and where does it stand?
-- Reads:     events
-- Columns:   problem (unreadable, poison: user-events stumbles over it for ever, odd fields), reason (for odd fields
--            their names), events, incarnation, partition, first_offset, last_offset
-- Next:      Look at such a message: SELECT value FROM events e WHERE e.offset = first_offset. Poison stops OpenWhisk's
--            own user-events service: replay leaves it out unless told otherwise.
SELECT
  problem,
  reason,
  count(*) AS events,
  incarnation,
  partition,
  min(event_offset) AS first_offset,
  max(event_offset) AS last_offset
FROM (
  SELECT
    'unreadable' AS problem,
    regexp_replace(unreadable_reason, ' at byte [0-9]+', '') AS reason,
    incarnation,
    partition,
    e.offset AS event_offset
  FROM events e
  UNION ALL
  SELECT 'poison' AS problem, poison_reason AS reason, incarnation, partition, e.offset AS event_offset
  FROM events e
  UNION ALL
  SELECT 'odd fields' AS problem, odd_fields AS reason, incarnation, partition, e.offset AS event_offset
  FROM events e
) problems
WHERE reason IS NOT NULL
GROUP BY problem, reason, incarnation, partition
ORDER BY problem DESC, events DESC, reason, incarnation, partition;
