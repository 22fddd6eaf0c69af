-- Cold starts against the gap since the call before.
--
-- Chart:     R02, R09, R10, R11, R31
-- Answers:   after how long without a call does the next one start cold?
-- Reads:     invocations, charted_calls
-- Columns:   namespace, action (both null for all that are not charted by themselves), gap_from_ms (the gap lies between this and the next
--            value; -1 where a call before was still running, null where none is known), n, cold_starts
SELECT
  namespace,
  action,
  gap_from_ms,
  count(*) AS n,
  count(*) FILTER (WHERE is_cold) AS cold_starts
FROM (
  SELECT
    k.namespace,
    k.action,
    coalesce(k.place, 31) AS place,
    i.is_cold,
    CASE
      WHEN i.gap_ms < 0 THEN -1
      WHEN i.gap_ms < 1000 THEN 0
      WHEN i.gap_ms < 10000 THEN 1000
      WHEN i.gap_ms < 30000 THEN 10000
      WHEN i.gap_ms < 60000 THEN 30000
      WHEN i.gap_ms < 120000 THEN 60000
      WHEN i.gap_ms < 300000 THEN 120000
      WHEN i.gap_ms < 600000 THEN 300000
      WHEN i.gap_ms < 660000 THEN 600000
      WHEN i.gap_ms < 1200000 THEN 660000
      WHEN i.gap_ms < 3600000 THEN 1200000
      WHEN i.gap_ms >= 3600000 THEN 3600000
    END AS gap_from_ms
  FROM invocations i
  LEFT JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
  WHERE i.in_base_set
) placed
GROUP BY namespace, action, place, gap_from_ms
ORDER BY place, gap_from_ms NULLS LAST;
