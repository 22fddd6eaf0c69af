-- How unevenly calls, work and cold starts are spread over the invokers.
--
-- Invokers that ran nothing are not in a recording of calls, so that they do not count here.
--
-- Report:    R07 Invokers
-- Answers:   do some invokers get far more than others?
-- Reads:     invocations
-- Columns:   measure (calls, busy time, cold starts), invokers, n (calls behind it), mean (of an invoker), largest,
--            largest_invoker, largest_to_mean, variation (standard deviation by mean), gini (0 is even, near 1 all is
--            on one)
-- Next:      OpenWhisk sends an action to its home invoker first, so some skew is its way. Where the largest also waits
--            (R04) or is full (R06), spread the load: more namespaces or actions, or other memory limits.
WITH loads AS (
  SELECT invoker, count(*) AS n, sum(duration_ms) AS busy_ms, count(*) FILTER (WHERE is_cold) AS cold_starts
  FROM invocations
  WHERE in_base_set AND invoker IS NOT NULL
  GROUP BY invoker
),
measures AS (
  SELECT 'calls' AS measure, invoker, n, CAST(n AS DOUBLE) AS amount FROM loads
  UNION ALL
  SELECT 'busy time (ms)' AS measure, invoker, n, CAST(busy_ms AS DOUBLE) AS amount FROM loads
  UNION ALL
  SELECT 'cold starts' AS measure, invoker, n, CAST(cold_starts AS DOUBLE) AS amount FROM loads
),
ranked AS (
  SELECT
    measure,
    invoker,
    n,
    amount,
    row_number() OVER (PARTITION BY measure ORDER BY amount, invoker DESC) AS place,
    count(*) OVER (PARTITION BY measure) AS invokers
  FROM measures
)
SELECT
  measure,
  count(*) AS invokers,
  CAST(sum(n) AS BIGINT) AS n,
  round(avg(amount), 1) AS mean,
  round(max(amount), 0) AS largest,
  max(CASE WHEN place = invokers THEN invoker END) AS largest_invoker,
  round(max(amount) / nullif(avg(amount), 0), 2) AS largest_to_mean,
  round(stddev_samp(amount) / nullif(avg(amount), 0), 2) AS variation,
  round(sum((2 * place - invokers - 1) * amount) / nullif(count(*) * sum(amount), 0), 3) AS gini
FROM ranked
GROUP BY measure
ORDER BY measure;
