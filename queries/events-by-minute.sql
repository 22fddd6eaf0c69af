-- Events by minute.
--
-- Report:    R26 Trend
-- Answers:   what happened when: load, throttling, failures and waiting, minute by minute?
-- Reads:     events
-- Columns:   minute (of the Kafka timestamp, else of the event time; null if there is neither), events, activations,
--            throttled (refused requests), failed (status code other than 0), unreadable, wait_ms_p95 (without health
--            probes and negative waits)
-- Next:      Look at what was called (R08) and what had been changed (R27) in the minutes in which refused calls,
--            failures or waits rise.
WITH placed AS (
  SELECT
    CAST(floor(coalesce(
      CASE WHEN kafka_timestamp IS NOT NULL THEN kafka_timestamp_ms END,
      CASE WHEN event_time IS NOT NULL THEN event_time_ms END
    ) / 60000.0) AS BIGINT) AS number,
    body_type,
    metric_name,
    status_code,
    unreadable_reason,
    wait_ms,
    namespace
  FROM events
)
SELECT
  to_timestamp(60 * number) AS minute,
  count(*) AS events,
  count(*) FILTER (WHERE body_type = 'activation') AS activations,
  count(*) FILTER (WHERE metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')) AS throttled,
  count(*) FILTER (WHERE status_code <> 0) AS failed,
  count(*) FILTER (WHERE unreadable_reason IS NOT NULL) AS unreadable,
  round(
    percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms)
      FILTER (WHERE wait_ms >= 0 AND coalesce(namespace, '') <> 'whisk.system'),
    1
  ) AS wait_ms_p95
FROM placed
GROUP BY number
ORDER BY minute NULLS LAST;
