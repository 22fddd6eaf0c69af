-- What slow calls have in common that the rest has not.
--
-- A call is slow here if its response is above the p95 of its own namespace and action, so that slow actions do not
-- name themselves: this tells what slows calls down, R01 which calls are long. For each value of each dimension its
-- share among the slow is compared with its share among the rest. Compared are values with 20 calls or more that are
-- not all calls. Times are twentieths of the recording, named by their start.
--
-- Report:    R25 Slow against rest
-- Answers:   what do slow calls share: an invoker, a cold start, a time, a version?
-- Reads:     invocations
-- Columns:   dimension, value, n (calls with it), slow_n, slow_share (its part of the slow), rest_share (its part of
--            the rest), difference_share (the first less the second), p_adjusted (chi-square, Benjamini-Hochberg over
--            all compared values), compared (how many those are)
-- Next:      The first row names the suspect: read it as a hypothesis, since calls that share one thing often share
--            others, and look at the report of that dimension.
WITH usual AS (
  SELECT
    namespace AS usual_namespace,
    action AS usual_action,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY response_ms) AS response_ms_p95
  FROM invocations
  WHERE in_base_set
  GROUP BY namespace, action
  HAVING count(*) >= 59
),
span AS (
  SELECT min(arrive_est_ms) AS first_ms, (max(arrive_est_ms) - min(arrive_est_ms) + 1) / 20e0 AS width_ms
  FROM invocations
  WHERE in_base_set
),
calls AS (
  SELECT
    kind,
    memory_mb,
    invoker,
    version,
    CASE
      WHEN is_cold THEN 'cold'
      WHEN overlaps_init THEN 'warm, during an initialisation'
      WHEN gap_ms >= 10000 THEN 'warm, idle for 10 s and more'
      ELSE 'warm'
    END AS start_type,
    status_code,
    CASE WHEN caused_by IS NULL THEN 'alone' ELSE 'part of a sequence' END AS place,
    CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT) AS twentieth,
    CASE WHEN response_ms > response_ms_p95 THEN 1 ELSE 0 END AS slow
  FROM invocations
  JOIN usual ON usual_namespace = namespace AND usual_action = action
  CROSS JOIN span
  WHERE in_base_set
),
-- Few calls differ in all of these, so the eight ways to count them start from far fewer rows.
alike AS (
  SELECT kind, memory_mb, invoker, version, start_type, status_code, place, twentieth, count(*) AS n, sum(slow) AS slow_n
  FROM calls
  GROUP BY kind, memory_mb, invoker, version, start_type, status_code, place, twentieth
),
counted AS (
  SELECT
    CASE
      WHEN grouping(kind) = 0 THEN 'kind'
      WHEN grouping(memory_mb) = 0 THEN 'memory limit'
      WHEN grouping(invoker) = 0 THEN 'invoker'
      WHEN grouping(version) = 0 THEN 'version'
      WHEN grouping(start_type) = 0 THEN 'start'
      WHEN grouping(status_code) = 0 THEN 'status code'
      WHEN grouping(place) = 0 THEN 'called'
      WHEN grouping(twentieth) = 0 THEN 'time'
    END AS dimension,
    -- Of a call without an invoker or a version the value is none.
    CASE
      WHEN grouping(kind) = 0 THEN kind
      WHEN grouping(memory_mb) = 0 THEN CAST(memory_mb AS STRING) || ' MB'
      WHEN grouping(invoker) = 0 THEN invoker
      WHEN grouping(version) = 0 THEN version
      WHEN grouping(start_type) = 0 THEN start_type
      WHEN grouping(status_code) = 0 THEN CAST(status_code AS STRING)
      WHEN grouping(place) = 0 THEN place
      WHEN grouping(twentieth) = 0
        THEN substr(CAST(to_timestamp(max(floor((first_ms + twentieth * width_ms) / 1000))) AS STRING), 1, 19)
    END AS value,
    CAST(sum(n) AS BIGINT) AS n,
    CAST(sum(slow_n) AS BIGINT) AS slow_n
  FROM alike
  CROSS JOIN span
  GROUP BY GROUPING SETS (
    (kind), (memory_mb), (invoker), (version), (start_type), (status_code), (place), (twentieth)
  )
),
totals AS (
  SELECT CAST(sum(n) AS BIGINT) AS n, CAST(sum(slow_n) AS BIGINT) AS slow_n FROM alike
),
tested AS (
  SELECT
    c.dimension,
    c.value,
    c.n,
    c.slow_n,
    c.slow_n / CAST(t.slow_n AS DOUBLE) AS slow_share,
    (c.n - c.slow_n) / CAST(t.n - t.slow_n AS DOUBLE) AS rest_share,
    -- Square root of half of chi-square with one degree of freedom, of two by two counts.
    sqrt(
      t.n / 2.0 * power(c.slow_n * CAST(t.n AS DOUBLE) - c.n * CAST(t.slow_n AS DOUBLE), 2)
        / (CAST(t.slow_n AS DOUBLE) * (t.n - t.slow_n) * c.n * (t.n - c.n))
    ) AS z
  FROM counted c
  CROSS JOIN totals t
  WHERE c.value IS NOT NULL AND c.n >= 20 AND c.n < t.n AND t.slow_n > 0 AND t.slow_n < t.n
),
-- The complementary error function of z is the p of chi-square: Chebyshev's fit, right to seven digits.
chances AS (
  SELECT
    *,
    t * exp(
      -z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
        + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))
    ) AS p
  FROM (SELECT *, 1 / (1 + 0.5 * z) AS t FROM tested) prepared
),
ranked AS (
  SELECT
    *,
    count(*) OVER () AS compared,
    row_number() OVER (ORDER BY p, z DESC, dimension, value) AS nth
  FROM chances
)
SELECT
  dimension,
  value,
  n,
  slow_n,
  round(slow_share, 4) AS slow_share,
  round(rest_share, 4) AS rest_share,
  round(slow_share - rest_share, 4) AS difference_share,
  round(
    least(min(p * compared / nth) OVER (ORDER BY nth ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), 1),
    4
  ) AS p_adjusted,
  compared
FROM ranked
ORDER BY difference_share DESC, p_adjusted, n DESC, dimension, value;
