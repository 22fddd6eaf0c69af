-- Cold starts by hour.
--
-- Report:    R02 Cold starts
-- Answers:   at which times do calls start cold?
-- Reads:     invocations
-- Columns:   hour (of the arrival, UTC), n, cold_starts, cold_share, low_share (95 % interval, Wilson), high_share,
--            init_ms_p50 (of cold starts), cold_wait_ms_p50
-- Next:      A peak at the start of the day or after a deployment calls for warming up ahead of it; a steady rate for
--            R10.
SELECT
  hour,
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
  init_ms_p50,
  cold_wait_ms_p50
FROM (
  SELECT
    to_timestamp(3600 * CAST(floor(arrive_est_ms / 3600000.0) AS BIGINT)) AS hour,
    count(*) AS n,
    count(*) FILTER (WHERE is_cold) AS cold_starts,
    CASE
      WHEN count(*) FILTER (WHERE is_cold) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE is_cold), 1)
    END AS init_ms_p50,
    CASE
      WHEN count(*) FILTER (WHERE is_cold) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE is_cold), 1)
    END AS cold_wait_ms_p50
  FROM invocations
  WHERE in_base_set
  GROUP BY CAST(floor(arrive_est_ms / 3600000.0) AS BIGINT)
) counted
ORDER BY hour NULLS LAST;
