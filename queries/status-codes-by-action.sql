-- Status codes by action, most failures first.
--
-- Health probes are left out, and triggers, whose status is always 0.
--
-- Report:    R13 Errors
-- Answers:   which actions fail, and whose fault is it?
-- Reads:     invocations
-- Columns:   action, activations, success (status code 0), application_error (1: the action said so), developer_error
--            (2: the code, its container, a time-out), internal_error (3: the platform), other, never_ran (failed
--            before the code ran)
-- Next:      errors-by-action says since when, and on how many invokers; never_ran leads to R14, time-outs to R15.
SELECT
  action,
  count(*) AS activations,
  count(*) FILTER (WHERE status_code = 0) AS success,
  count(*) FILTER (WHERE status_code = 1) AS application_error,
  count(*) FILTER (WHERE status_code = 2) AS developer_error,
  count(*) FILTER (WHERE status_code = 3) AS internal_error,
  count(*) FILTER (WHERE status_code IS NULL OR status_code NOT BETWEEN 0 AND 3) AS other,
  count(*) FILTER (WHERE never_ran) AS never_ran
FROM invocations
WHERE class NOT IN ('probe', 'trigger')
GROUP BY action
ORDER BY count(*) FILTER (WHERE status_code <> 0) DESC, activations DESC, action NULLS LAST;
