-- How much run times vary, by action, most varying first.
--
-- Calls with an unusable wait are in: runs are measured by one clock. Under 10 ms no ratio is given, since times are
-- whole milliseconds. Two peaks are guessed from skewness and kurtosis of the runs' logarithms (Sarle's coefficient:
-- 0.33 for one lognormal peak, 1 for two points, above 0.555 likely two).
--
-- Report:    R22 Run-time variability
-- Answers:   which actions take very different times, and is that between cold and warm, or two kinds of calls?
-- Reads:     invocations
-- Columns:   action, n, run_ms_p50, run_ms_p95, p95_by_p50, variation (standard deviation by mean), cold_run_ms_p50,
--            warm_run_ms_p50, two_peaks (Sarle's coefficient, from 59 runs on)
-- Next:      Two peaks are two kinds of calls: sizes of input, hits and misses, or two invokers; R25 names what they
--            differ in. Cold runs longer than warm ones: the first run loads or connects something.
SELECT
  action,
  n,
  run_ms_p50,
  run_ms_p95,
  CASE WHEN run_ms_p50 >= 10 THEN round(run_ms_p95 / run_ms_p50, 2) END AS p95_by_p50,
  CASE WHEN n >= 6 AND mean_ms >= 10 THEN round(deviation_ms / mean_ms, 2) END AS variation,
  cold_run_ms_p50,
  warm_run_ms_p50,
  CASE
    WHEN n >= 59 AND m2 - m1 * m1 > 0.000001 THEN round(
      (
        power(m3 - 3 * m1 * m2 + 2 * power(m1, 3), 2) / power(m2 - m1 * m1, 3) + 1
      ) / ((m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * power(m1, 4)) / power(m2 - m1 * m1, 2)),
      3
    )
  END AS two_peaks
FROM (
  SELECT
    action,
    count(*) AS n,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p50,
    CASE WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p95,
    avg(run_ms) AS mean_ms,
    stddev_samp(run_ms) AS deviation_ms,
    CASE
      WHEN count(*) FILTER (WHERE is_cold) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms) FILTER (WHERE is_cold), 1)
    END AS cold_run_ms_p50,
    CASE
      WHEN count(*) FILTER (WHERE NOT is_cold) >= 6
        THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms) FILTER (WHERE NOT is_cold), 1)
    END AS warm_run_ms_p50,
    -- Moments of the logarithms, by powers around 0: four decimals of them are enough.
    avg(log_run) AS m1,
    avg(log_run * log_run) AS m2,
    avg(log_run * log_run * log_run) AS m3,
    avg(log_run * log_run * log_run * log_run) AS m4
  FROM (
    SELECT action, run_ms, is_cold, ln(run_ms + 1) AS log_run
    FROM invocations
    WHERE class IN ('single', 'component') AND NOT never_ran
      AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
  ) runs
  GROUP BY action
) measured
ORDER BY p95_by_p50 DESC NULLS LAST, n DESC, action NULLS LAST;
