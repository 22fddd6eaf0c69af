-- Cold starts by kind and memory, most cold starts first.
--
-- Report:    R02 Cold starts
-- Answers:   which runtimes and memory sizes start cold, how often, and how long does that take?
-- Reads:     invocations
-- Columns:   kind, memory_mb, n, cold_starts, cold_share, low_share (95 % interval, Wilson), high_share, init_ms_p50
--            (of cold starts), cold_wait_ms_p50
-- Next:      Compare initialisation between kinds only for the same work; prewarmed containers are configured by kind
--            and memory, so a kind with many cold starts is where they help.
SELECT
  kind,
  memory_mb,
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
    kind,
    memory_mb,
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
  GROUP BY kind, memory_mb
) counted
ORDER BY cold_starts DESC, n DESC, kind NULLS LAST, memory_mb NULLS LAST;
