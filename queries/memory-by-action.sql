-- Memory reserved by action, most first.
--
-- Memory is the limit, which is reserved while a call runs. How much of it the code uses OpenWhisk does not record.
-- Calls with an unusable wait are in.
--
-- Report:    R16 Memory
-- Answers:   which actions reserve most memory, and what would the next smaller limit save?
-- Reads:     invocations
-- Columns:   action, memory_mb, n, gb_s (reserved while calls ran, in GB times seconds), gb_s_share, run_ms_p50,
--            smaller_mb (the next smaller power of two, at least 128), saved_gb_s (if runs took as long with it)
-- Next:      Try the smaller limit on a copy, and compare run times: less memory also means less processor on most
--            platforms. Smaller limits let more calls run at once (R06).
SELECT
  action,
  memory_mb,
  n,
  round(gb_s, 1) AS gb_s,
  round(gb_s / nullif(sum(gb_s) OVER (), 0), 4) AS gb_s_share,
  run_ms_p50,
  CAST(smaller_mb AS BIGINT) AS smaller_mb,
  round(gb_s * (1 - smaller_mb / memory_mb), 1) AS saved_gb_s
FROM (
  SELECT
    action,
    memory_mb,
    count(*) AS n,
    sum(gb_s_reserved) AS gb_s,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p50,
    CASE WHEN memory_mb > 128 THEN power(2, ceil(log2(memory_mb) - 0.000001) - 1) END AS smaller_mb
  FROM invocations
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
  GROUP BY action, memory_mb
) reserved
ORDER BY gb_s DESC NULLS LAST, n DESC, action NULLS LAST, memory_mb NULLS LAST;
