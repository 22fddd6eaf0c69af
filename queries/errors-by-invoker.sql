-- Errors by invoker and kind, highest share first.
--
-- Report:    R13 Errors
-- Answers:   do errors come from one invoker, or with one runtime?
-- Reads:     invocations
-- Columns:   invoker, kind, n, application_share (status code 1), developer_share (2), internal_share (3), n_failed,
--            low_share (95 % interval of all failures, Wilson), high_share
-- Next:      Intervals that do not overlap for one kind on two invokers point at the invoker: its logs, its disk, its
--            images. Errors of one kind everywhere point at the runtime.
SELECT
  invoker,
  kind,
  n,
  round(application_errors / CAST(n AS DOUBLE), 4) AS application_share,
  round(developer_errors / CAST(n AS DOUBLE), 4) AS developer_share,
  round(internal_errors / CAST(n AS DOUBLE), 4) AS internal_share,
  n_failed,
  round(
    (2 * n_failed + 3.8416 - 1.96 * sqrt(3.8416 + 4 * n_failed * (1 - CAST(n_failed AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS low_share,
  round(
    (2 * n_failed + 3.8416 + 1.96 * sqrt(3.8416 + 4 * n_failed * (1 - CAST(n_failed AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS high_share
FROM (
  SELECT
    invoker,
    kind,
    count(*) AS n,
    count(*) FILTER (WHERE status_code = 1) AS application_errors,
    count(*) FILTER (WHERE status_code = 2) AS developer_errors,
    count(*) FILTER (WHERE status_code = 3) AS internal_errors,
    count(*) FILTER (WHERE status_code <> 0) AS n_failed
  FROM invocations
  WHERE class IN ('single', 'component')
  GROUP BY invoker, kind
) counted
ORDER BY low_share DESC, n DESC, invoker NULLS LAST, kind NULLS LAST;
