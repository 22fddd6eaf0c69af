-- Latencies, cold against warm.
--
-- Chart:     R03, R04, R22, R23, R25
-- Answers:   how long do calls take, cold and warm: all of them, not an average?
-- Reads:     invocations, charted_calls
-- Columns:   namespace, action (both null for all that are not charted by themselves), part (response, wait or run), is_cold,
--            bucket (from 10 to the power of bucket / 20 ms until the next; -1 for 0 ms), n
SELECT
  namespace,
  action,
  part,
  is_cold,
  bucket,
  count(*) AS n
FROM (
  SELECT
    k.namespace,
    k.action,
    coalesce(k.place, 31) AS place,
    p.part,
    i.is_cold,
    CASE
      WHEN p.part = 'wait' AND i.wait_ms >= 1 THEN CAST(floor(20 * log10(i.wait_ms)) AS BIGINT)
      WHEN p.part = 'run' AND i.run_ms >= 1 THEN CAST(floor(20 * log10(i.run_ms)) AS BIGINT)
      WHEN p.part = 'response' AND i.response_ms >= 1 THEN CAST(floor(20 * log10(i.response_ms)) AS BIGINT)
      ELSE -1
    END AS bucket
  FROM invocations i
  LEFT JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
  CROSS JOIN (VALUES ('response'), ('wait'), ('run')) AS p(part)
  WHERE i.in_base_set
) placed
GROUP BY namespace, action, place, part, is_cold, bucket
ORDER BY place, part, is_cold, bucket;
