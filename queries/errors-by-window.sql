-- Errors over time.
--
-- Chart:     R13, R14, R15
-- Answers:   when did calls fail, and whose fault was it?
-- Reads:     invocations, charted_calls, charted_windows
-- Columns:   namespace, action (both null for all that are not charted by themselves), at_ms (of the end), width_ms,
--            application_errors, developer_errors (timeouts among them), internal_errors
SELECT
  k.namespace,
  k.action,
  w.at_ms,
  w.width_ms,
  count(*) FILTER (WHERE i.status_code = 1) AS application_errors,
  count(*) FILTER (WHERE i.status_code = 2) AS developer_errors,
  count(*) FILTER (WHERE i.status_code = 3) AS internal_errors
FROM invocations i
LEFT JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
JOIN charted_windows w ON w.number = floor((i.end_est_ms - w.first_ms) / w.width_ms)
WHERE i.class IN ('single', 'component') AND i.status_code BETWEEN 1 AND 3
GROUP BY k.namespace, k.action, k.place, w.at_ms, w.width_ms
ORDER BY k.place NULLS LAST, w.at_ms;
