-- Invocations by class, and how many of them are in the base set.
--
-- Report:    R30 Lost work
-- Answers:   what was recorded, and what is left out of the figures, for which reason?
-- Reads:     invocations
-- Columns:   class, left_out (null for the base set; else the row's quality, never_ran, or that its class has no run of
--            its own), invocations, cold_starts, failed (status code other than 0), found_in_both, only_in_events,
--            only_in_couchdb, repeated_events, waited (with a wait above 0: none at all among components means
--            OpenWhisk before 2020-06), contradictory (event and document say different things)
-- Next:      Where much is left out for a wait or a clock, see clocks-by-invoker; for what was not measured,
--            errors-by-action. What only one source knows, and why, reconciliation says.
SELECT
  class,
  left_out,
  count(*) AS invocations,
  count(*) FILTER (WHERE is_cold) AS cold_starts,
  count(*) FILTER (WHERE status_code <> 0) AS failed,
  count(*) FILTER (WHERE found_in = 'both') AS found_in_both,
  count(*) FILTER (WHERE found_in = 'events') AS only_in_events,
  count(*) FILTER (WHERE found_in = 'couchdb') AS only_in_couchdb,
  sum(duplicates) AS repeated_events,
  count(*) FILTER (WHERE wait_ms > 0) AS waited,
  count(disagrees) AS contradictory
FROM (
  SELECT
    class,
    is_cold,
    status_code,
    found_in,
    duplicates,
    wait_ms,
    disagrees,
    CASE
      WHEN in_base_set THEN NULL
      WHEN quality IS NOT NULL THEN quality
      WHEN never_ran THEN 'never_ran'
      ELSE 'class'
    END AS left_out
  FROM invocations
) reasoned
GROUP BY class, left_out
ORDER BY class, left_out NULLS FIRST;
