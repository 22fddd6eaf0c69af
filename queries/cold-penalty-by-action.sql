-- What a cold start costs, by action, dearest in total first.
--
-- A prewarmed container only initialises, a new one is created first, and nothing tells them apart but the wait. So
-- those count as prewarmed that waited at most 50 ms longer than the median warm call: an estimate.
--
-- Report:    R03 Cold penalty
-- Answers:   how much longer does a cold start take than a warm one, and is it the container or the initialisation?
-- Reads:     invocations
-- Columns:   action, n (cold starts), warm_n, container_ms (median wait cold less warm), init_ms (median), penalty_ms
--            (both), total_ms (penalty of all cold starts), prewarmed_share (estimate), init_ms_p95
-- Next:      A large container_ms: smaller images, images pulled ahead, prewarmed containers for this kind and memory.
--            A large init_ms: a smaller package, imports where they are used, connections made on first use.
SELECT
  action,
  n,
  warm_n,
  round(cold_wait_ms - warm_wait_ms, 1) AS container_ms,
  round(init_ms_p50, 1) AS init_ms,
  round(cold_wait_ms - warm_wait_ms + init_ms_p50, 1) AS penalty_ms,
  round((cold_wait_ms - warm_wait_ms + init_ms_p50) * n, 0) AS total_ms,
  prewarmed_share,
  init_ms_p95
FROM (
  SELECT
    action,
    count(*) FILTER (WHERE is_cold) AS n,
    count(*) FILTER (WHERE NOT is_cold) AS warm_n,
    max(cold_wait_ms_p50) AS cold_wait_ms,
    max(warm_wait_ms_p50) AS warm_wait_ms,
    max(cold_init_ms_p50) AS init_ms_p50,
    round(
      CAST(count(*) FILTER (WHERE is_cold AND wait_ms <= warm_wait_ms_p50 + 50) AS DOUBLE)
        / nullif(count(*) FILTER (WHERE is_cold AND warm_wait_ms_p50 IS NOT NULL), 0),
      3
    ) AS prewarmed_share,
    max(cold_init_ms_p95) AS init_ms_p95
  FROM invocations
  LEFT JOIN (
    SELECT
      action AS median_action,
      CASE
        WHEN count(*) FILTER (WHERE is_cold) >= 6
          THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE is_cold)
      END AS cold_wait_ms_p50,
      CASE
        WHEN count(*) FILTER (WHERE NOT is_cold AND NOT coalesce(overlaps_init, false)) >= 6
          THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms)
            FILTER (WHERE NOT is_cold AND NOT coalesce(overlaps_init, false))
      END AS warm_wait_ms_p50,
      CASE
        WHEN count(*) FILTER (WHERE is_cold) >= 6
          THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE is_cold)
      END AS cold_init_ms_p50,
      CASE
        WHEN count(*) FILTER (WHERE is_cold) >= 59
          THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE is_cold), 1)
      END AS cold_init_ms_p95
    FROM invocations
    WHERE in_base_set
    GROUP BY action
  ) medians ON median_action = action
  WHERE in_base_set
  GROUP BY action
) counted
WHERE n > 0
ORDER BY total_ms DESC NULLS LAST, n DESC, action NULLS LAST;
