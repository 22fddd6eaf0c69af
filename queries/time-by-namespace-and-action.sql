-- Where the time of each namespace's actions goes.
--
-- Chart:     R01, R16, R17
-- Answers:   which calls take the most time, and is that waiting, initialising or running?
-- Reads:     invocations, charted_calls
-- Columns:   namespace, action (both null for all that are not charted by themselves), n, cold_starts, warm_wait_ms (queueing and the way to
--            a container), cold_wait_ms (making a container, with the queueing before), init_ms, run_ms, response_ms_p50,
--            response_ms_p95, response_ms_p99
SELECT
  k.namespace,
  k.action,
  count(*) AS n,
  count(*) FILTER (WHERE i.is_cold) AS cold_starts,
  coalesce(sum(i.wait_ms) FILTER (WHERE NOT i.is_cold), 0) AS warm_wait_ms,
  coalesce(sum(i.wait_ms) FILTER (WHERE i.is_cold), 0) AS cold_wait_ms,
  sum(i.init_ms) AS init_ms,
  sum(i.run_ms) AS run_ms,
  CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY i.response_ms), 1) END AS response_ms_p50,
  CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY i.response_ms), 1) END AS response_ms_p95,
  CASE WHEN count(*) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY i.response_ms), 1) END AS response_ms_p99
FROM invocations i
LEFT JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
WHERE i.in_base_set
GROUP BY k.namespace, k.action, k.place
ORDER BY k.place NULLS LAST;
