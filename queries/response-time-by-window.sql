-- Response time over time.
--
-- Chart:     R26, R27
-- Answers:   when were calls slow?
-- Reads:     invocations, charted_calls, charted_windows
-- Columns:   namespace, action (both null for all that are not charted by themselves), at_ms (of arrival), width_ms,
--            bucket (of the response time, from 10 to the power of bucket / 10 ms until the next; -1 for 0 ms), n
WITH
-- A tenth of the windows that others draw: each must hold enough calls for a percentile.
span AS (
  SELECT first_ms, 10 * width_ms AS width_ms, first_ms + windows * width_ms AS until_ms FROM charted_windows WHERE number = 0
)
SELECT
  namespace,
  action,
  at_ms,
  width_ms,
  bucket,
  count(*) AS n
FROM (
  SELECT
    k.namespace,
    k.action,
    coalesce(k.place, 31) AS place,
    CAST(t.first_ms + floor((i.arrive_est_ms - t.first_ms) / t.width_ms) * t.width_ms AS BIGINT) AS at_ms,
    t.width_ms,
    CASE WHEN i.response_ms >= 1 THEN CAST(floor(10 * log10(i.response_ms)) AS BIGINT) ELSE -1 END AS bucket
  FROM invocations i
  LEFT JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
  CROSS JOIN span t
  WHERE i.in_base_set AND i.arrive_est_ms >= t.first_ms AND i.arrive_est_ms < t.until_ms
) placed
GROUP BY namespace, action, place, at_ms, width_ms, bucket
ORDER BY place, at_ms, bucket;
