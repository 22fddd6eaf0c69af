-- The size of answers by action, largest first.
--
-- OpenWhisk counts characters (UTF-16 units) of the answer as text, not bytes. Its limit is 1048576 bytes unless
-- configured otherwise; what is larger is cut, and an application error.
--
-- Report:    R24 Response size
-- Answers:   which actions give large answers, near the limit or over it, and do large ones take longer?
-- Reads:     invocations
-- Variables: limit_chars (integer, default 1048576): largest answer
-- Columns:   action, n (with a size), chars_p50, chars_p95, chars_max, near_n (80 % of the limit and more), over_n
--            (above the limit), run_correlation (of size and run time; null for fewer than 59 calls)
-- Next:      Store large answers outside and send a reference: they pass Kafka, the controller and the database as
--            well.
SELECT
  action,
  count(*) AS n,
  CASE
    WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_chars), 0)
  END AS chars_p50,
  CASE
    WHEN count(*) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_chars), 0)
  END AS chars_p95,
  max(response_chars) AS chars_max,
  count(*) FILTER (WHERE response_chars >= 0.8 * :limit_chars AND response_chars <= :limit_chars) AS near_n,
  count(*) FILTER (WHERE response_chars > :limit_chars) AS over_n,
  CASE
    -- Not corr(): in Spark it fails where one of the two is always the same.
    WHEN count(*) >= 59 THEN round(
      covar_samp(CAST(response_chars AS DOUBLE), CAST(run_ms AS DOUBLE))
        / nullif(stddev_samp(CAST(response_chars AS DOUBLE)) * stddev_samp(CAST(run_ms AS DOUBLE)), 0),
      3
    )
  END AS run_correlation
FROM invocations
WHERE response_chars IS NOT NULL AND class IN ('single', 'component') AND NOT never_ran
  AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
GROUP BY action
ORDER BY over_n DESC, near_n DESC, chars_p95 DESC NULLS LAST, chars_max DESC, action NULLS LAST;
