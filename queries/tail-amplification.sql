-- The tail of each action, and who meets it.
--
-- A call counts as slow if it takes more than three times its action's median, and 50 ms more. Who makes several calls
-- meets a slow one more often than a single call does: 1 less (1 less slow share) to the power of the calls.
--
-- Report:    R23 Tails
-- Answers:   how much of the time lies in the slowest hundredth, and how many users of several calls meet a slow one?
-- Reads:     invocations
-- Variables: calls (integer, default 20): how many calls one user, page or batch makes
-- Columns:   action, n, p50_ms (response time), p99_ms, tail_share (of the action's time, above p99; 0.01 were it
--            even), slow_n, slow_share, seen_share (users of that many calls who meet a slow one), slow_ms (what slow
--            calls take beyond the median)
-- Next:      Where many meet the tail, work on it rather than on the median: fewer calls for one answer, a time-out
--            with a second try, and R25 for what the slow ones share.
SELECT
  action,
  n,
  round(p50_ms, 1) AS p50_ms,
  round(p99_ms, 1) AS p99_ms,
  CASE WHEN p99_ms IS NOT NULL THEN round(tail_ms / nullif(CAST(total_ms AS DOUBLE), 0), 4) END AS tail_share,
  slow_n,
  round(CAST(slow_n AS DOUBLE) / n, 4) AS slow_share,
  round(1 - power(1 - CAST(slow_n AS DOUBLE) / n, :calls), 4) AS seen_share,
  round(slow_ms, 0) AS slow_ms
FROM (
  SELECT
    action,
    count(*) AS n,
    max(median_ms) AS p50_ms,
    max(tail_from_ms) AS p99_ms,
    coalesce(sum(response_ms) FILTER (WHERE response_ms > tail_from_ms), 0) AS tail_ms,
    sum(response_ms) AS total_ms,
    count(*) FILTER (WHERE response_ms > 3 * median_ms AND response_ms > median_ms + 50) AS slow_n,
    coalesce(
      sum(response_ms - median_ms) FILTER (WHERE response_ms > 3 * median_ms AND response_ms > median_ms + 50),
      0
    ) AS slow_ms
  FROM invocations
  JOIN (
    SELECT
      action AS measured_action,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms) AS median_ms,
      CASE WHEN count(*) >= 299 THEN percentile_cont(0.99) WITHIN GROUP (ORDER BY response_ms) END AS tail_from_ms
    FROM invocations
    WHERE in_base_set
    GROUP BY action
    HAVING count(*) >= 6
  ) measured ON measured_action = action
  WHERE in_base_set
  GROUP BY action
) counted
ORDER BY slow_ms DESC, n DESC, action NULLS LAST;
