-- Cold starts by action, those first whose cold starts take most time.
--
-- A call is slow here by what it takes beyond the median response of its action's warm calls.
--
-- Report:    R02 Cold starts
-- Answers:   how often does each action start cold, and how much of its slowness is that?
-- Reads:     invocations
-- Columns:   action, n, cold_starts, cold_share, low_share (95 % interval, Wilson), high_share, excess_ms (of cold
--            starts beyond the warm median), excess_share (cold starts' part of what all calls took beyond it; null
--            where nothing was, or where the median of fewer than 6 warm calls would have to do)
-- Next:      Many cold starts after short gaps mean that containers had to go, or that calls come several at a time:
--            R10 and R09. After gaps above the idle limit keep containers longer, prewarm, or ping.
WITH warm AS (
  SELECT
    action AS warm_action,
    CASE WHEN count(*) >= 6 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms) END AS response_ms_p50
  FROM invocations
  WHERE in_base_set AND NOT is_cold
  GROUP BY action
)
SELECT
  action,
  n,
  cold_starts,
  round(CAST(cold_starts AS DOUBLE) / n, 4) AS cold_share,
  round(
    (2 * cold_starts + 3.8416 - 1.96 * sqrt(3.8416 + 4 * cold_starts * (1 - CAST(cold_starts AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS low_share,
  round(
    (2 * cold_starts + 3.8416 + 1.96 * sqrt(3.8416 + 4 * cold_starts * (1 - CAST(cold_starts AS DOUBLE) / n)))
      / (2 * (n + 3.8416)),
    4
  ) AS high_share,
  round(cold_excess_ms, 0) AS excess_ms,
  round(cold_excess_ms / nullif(all_excess_ms, 0), 3) AS excess_share
FROM (
  SELECT
    action,
    count(*) AS n,
    count(*) FILTER (WHERE is_cold) AS cold_starts,
    sum(CASE WHEN is_cold AND response_ms > response_ms_p50 THEN response_ms - response_ms_p50 END) AS cold_excess_ms,
    sum(CASE WHEN response_ms > response_ms_p50 THEN response_ms - response_ms_p50 END) AS all_excess_ms
  FROM invocations
  LEFT JOIN warm ON warm_action = action
  WHERE in_base_set
  GROUP BY action
) counted
ORDER BY cold_excess_ms DESC NULLS LAST, cold_starts DESC, n DESC, action NULLS LAST;
