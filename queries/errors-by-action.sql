-- Errors by action and status, most frequent first.
--
-- Report:    R13 Errors
-- Answers:   which errors does each action have, how often, since when, and on one invoker or on all?
-- Reads:     invocations
-- Columns:   action, status_code (1 application, 2 developer, 3 internal error), user_status_code (that the action put
--            into its own result), n (such errors), of_n (calls of the action), error_share, low_share (95 % interval,
--            Wilson), high_share, first_seen, last_seen, invokers (that had it)
-- Next:      1 is the action's own answer: its code or its input. 2 is code, container or time-out: its logs, and R15.
--            3 is the platform: the invoker's logs, and R14. First seen at a deployment: R27.
WITH calls AS (
  SELECT
    action,
    status_code,
    user_status_code,
    coalesce(end_est, start_est) AS ended,
    invoker
  FROM invocations
  WHERE class NOT IN ('probe', 'trigger')
),
totals AS (
  SELECT action AS called, count(*) AS of_n FROM calls GROUP BY action
),
errors AS (
  SELECT
    action,
    status_code,
    user_status_code,
    count(*) AS n,
    min(ended) AS first_seen,
    max(ended) AS last_seen,
    count(DISTINCT invoker) AS invokers
  FROM calls
  WHERE status_code <> 0
  GROUP BY action, status_code, user_status_code
)
SELECT
  action,
  status_code,
  user_status_code,
  n,
  of_n,
  round(CAST(n AS DOUBLE) / of_n, 4) AS error_share,
  round(
    (2 * n + 3.8416 - 1.96 * sqrt(3.8416 + 4 * n * (1 - CAST(n AS DOUBLE) / of_n))) / (2 * (of_n + 3.8416)),
    4
  ) AS low_share,
  round(
    (2 * n + 3.8416 + 1.96 * sqrt(3.8416 + 4 * n * (1 - CAST(n AS DOUBLE) / of_n))) / (2 * (of_n + 3.8416)),
    4
  ) AS high_share,
  first_seen,
  last_seen,
  invokers
FROM errors
JOIN totals ON called = action
ORDER BY n DESC, error_share DESC, action NULLS LAST, status_code, user_status_code NULLS LAST;
