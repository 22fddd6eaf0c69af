-- Namespaces whose requests are refused.
--
-- Report:    R12 Throttling
-- Answers:   who calls more often than the limits allow? Refused requests have no activation, so all latencies are of the others
-- Reads:     events
-- Variables: min_refused (integer, default 10): requests refused, at least
--            min_refused_share (number, default 0.01): of all requests of the namespace, at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_namespace,
--            refused_by_minute, refused_by_concurrency, refused_share
WITH requests AS (
  SELECT
    namespace,
    count(*) FILTER (WHERE metric_name = 'TimedRateLimit') AS by_minute,
    count(*) FILTER (WHERE metric_name = 'ConcurrentRateLimit') AS by_concurrency,
    -- The new scheduler does not say how many it admits; what came of them does.
    greatest(
      count(*) FILTER (WHERE metric_name = 'ConcurrentInvocations'),
      count(*) FILTER (WHERE body_type = 'activation' AND caused_by IS NULL)
    ) AS admitted
  FROM events
  WHERE namespace IS NOT NULL
  GROUP BY namespace
),
refused AS (
  SELECT *, by_minute + by_concurrency AS n, (by_minute + by_concurrency) / CAST(by_minute + by_concurrency + admitted AS DOUBLE) AS share
  FROM requests
  WHERE by_minute + by_concurrency > 0
)
SELECT
  'R12' AS finding,
  concat(
    CAST(n AS STRING), ' requests of ', namespace, ' were refused, ', CAST(CAST(round(100 * share) AS BIGINT) AS STRING), ' % of all: ',
    CASE
      WHEN by_concurrency = 0 THEN 'too many in a minute'
      WHEN by_minute = 0 THEN 'too many at once'
      ELSE concat(CAST(by_minute AS STRING), ' for too many in a minute, ', CAST(by_concurrency AS STRING), ' for too many at once')
    END
  ) AS claim,
  0 AS at_stake_ms,
  CAST(NULL AS DOUBLE) AS low_ms,
  CAST(NULL AS DOUBLE) AS high_ms,
  n,
  CASE WHEN n >= :min_refused THEN round(share, 4) ELSE 0 END AS value,
  :min_refused_share AS threshold,
  'measured' AS confidence,
  concat(
    'let the client back off, or raise its limit: wskadmin limits set ', namespace,
    CASE WHEN by_minute >= by_concurrency THEN ' --invocationsPerMinute N' ELSE ' --concurrentInvocations N' END
  ) AS next_step,
  namespace AS subject_namespace,
  by_minute AS refused_by_minute,
  by_concurrency AS refused_by_concurrency,
  round(share, 4) AS refused_share
FROM refused
ORDER BY n DESC, namespace
