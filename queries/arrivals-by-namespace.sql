-- How calls arrive, by namespace: steadily, by chance, or in bursts.
--
-- An arrival is an admitted call from outside or by a rule; parts of sequences are no arrivals, refused calls never
-- arrived. Counted by second, from the first to the last arrival of all; seconds without any count too.
--
-- Report:    R08 Bursts
-- Answers:   who calls in bursts, and how much higher is the peak than the mean?
-- Reads:     invocations
-- Columns:   namespace (all namespaces first), n, mean_per_s, peak_per_s, peak_to_mean, dispersion (variance by mean of
--            the counts by second: 1 is chance, as many independent callers make it, above 2 come bursts, well below 1
--            a timer or clients that wait for their answers), pattern
-- Next:      Smooth a bursty caller (a queue, a pause between calls), raise limits, or prewarm ahead of its schedule.
--            Callers that wait for their answers slow down with the platform, and hide its queue.
WITH arrivals AS (
  SELECT namespace, CAST(floor(arrive_est_ms / 1000.0) AS BIGINT) AS second, count(*) AS arrived
  FROM invocations
  WHERE class IN ('single', 'sequence', 'composition') AND caused_by IS NULL AND arrive_est_ms IS NOT NULL
    AND (quality IS NULL OR class <> 'single')
  GROUP BY namespace, CAST(floor(arrive_est_ms / 1000.0) AS BIGINT)
),
span AS (
  SELECT max(second) - min(second) + 1 AS seconds FROM arrivals
),
counted AS (
  SELECT 0 AS is_one, 'all namespaces' AS namespace, second, sum(arrived) AS arrived FROM arrivals GROUP BY second
  UNION ALL
  SELECT 1 AS is_one, namespace, second, arrived FROM arrivals
),
moments AS (
  SELECT
    is_one,
    namespace,
    max(seconds) AS seconds,
    sum(arrived) AS n,
    max(arrived) AS peak,
    sum(CAST(arrived AS DOUBLE) * arrived) AS squares
  FROM counted
  CROSS JOIN span
  GROUP BY is_one, namespace
),
dispersions AS (
  SELECT
    *,
    (squares - CAST(n AS DOUBLE) * n / seconds) / nullif(seconds - 1, 0) / (n / CAST(seconds AS DOUBLE)) AS dispersion
  FROM moments
)
SELECT
  namespace,
  CAST(n AS BIGINT) AS n,
  round(n / CAST(seconds AS DOUBLE), 2) AS mean_per_s,
  CAST(peak AS BIGINT) AS peak_per_s,
  round(peak / (n / CAST(seconds AS DOUBLE)), 1) AS peak_to_mean,
  round(dispersion, 2) AS dispersion,
  CASE
    WHEN n < 29 OR seconds < 29 THEN NULL
    WHEN dispersion > 2 THEN 'bursts'
    WHEN dispersion < 0.7 THEN 'even'
    ELSE 'by chance'
  END AS pattern
FROM dispersions
ORDER BY is_one, dispersion DESC NULLS LAST, n DESC, namespace NULLS LAST;
