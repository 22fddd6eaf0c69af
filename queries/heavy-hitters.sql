-- Actions and their callers by what they use, heaviest first.
--
-- Report:    R17 Heavy hitters
-- Answers:   who uses most of the platform, and how few make up most of it?
-- Reads:     invocations
-- Columns:   namespace (who calls), action, n, n_share, total_ms (response time of all calls), time_share,
--            running_time_share (of this and all rows above), gb_s_share (of reserved memory times time), wait_share
--            (of all waiting), ranks (place by calls, by memory, by waiting)
-- Next:      Start at the top and stop where running_time_share passes 0.8. One that is high by memory and low by time
--            has a large limit (R16).
SELECT
  namespace,
  action,
  n,
  round(n / CAST(sum(n) OVER () AS DOUBLE), 4) AS n_share,
  total_ms,
  round(total_ms / nullif(CAST(sum(total_ms) OVER () AS DOUBLE), 0), 4) AS time_share,
  round(
    sum(total_ms) OVER (ORDER BY total_ms DESC, n DESC, namespace, action ROWS UNBOUNDED PRECEDING)
      / nullif(CAST(sum(total_ms) OVER () AS DOUBLE), 0),
    4
  ) AS running_time_share,
  round(gb_s / nullif(sum(gb_s) OVER (), 0), 4) AS gb_s_share,
  round(wait_ms / nullif(CAST(sum(wait_ms) OVER () AS DOUBLE), 0), 4) AS wait_share,
  concat_ws(
    ', ',
    CAST(rank() OVER (ORDER BY n DESC) AS STRING),
    CAST(rank() OVER (ORDER BY gb_s DESC NULLS LAST) AS STRING),
    CAST(rank() OVER (ORDER BY wait_ms DESC) AS STRING)
  ) AS ranks
FROM (
  SELECT
    namespace,
    action,
    count(*) AS n,
    CAST(sum(response_ms) AS BIGINT) AS total_ms,
    sum(gb_s_reserved) AS gb_s,
    CAST(sum(wait_ms) AS BIGINT) AS wait_ms
  FROM invocations
  WHERE in_base_set
  GROUP BY namespace, action
) used
ORDER BY total_ms DESC, n DESC, namespace NULLS LAST, action NULLS LAST;
