-- Refused calls by namespace and limit, most refused first.
--
-- A refused call has no activation, so every latency of this report is of those that got in. OpenWhisk's queue
-- (scheduler) emits both a refusal and a failed activation for a call that it drops: such calls are in both counts
-- here.
--
-- Report:    R12 Throttling
-- Answers:   whose calls were refused, by which limit, and how many of all calls is that?
-- Reads:     events, invocations
-- Columns:   namespace, limit_name (ConcurrentRateLimit: too many in flight; TimedRateLimit: too many in a minute),
--            refused, admitted (calls and fired triggers), refused_share, minutes (with refusals), worst_minute (UTC),
--            worst_refused, worst_refused_share (of what came in that minute)
-- Next:      Raise that limit for the namespace, or let its clients back off and spread their calls; look at R08 for
--            what the calls of the worst minute look like.
WITH refusals AS (
  SELECT
    namespace,
    metric_name,
    CASE WHEN event_time IS NOT NULL THEN CAST(floor(event_time_ms / 60000.0) AS BIGINT) END AS clock_minute,
    count(*) AS refused
  FROM events
  WHERE metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')
  GROUP BY
    namespace,
    metric_name,
    CASE WHEN event_time IS NOT NULL THEN CAST(floor(event_time_ms / 60000.0) AS BIGINT) END
),
admissions AS (
  SELECT namespace, CAST(floor(arrive_est_ms / 60000.0) AS BIGINT) AS clock_minute, count(*) AS admitted
  FROM invocations
  WHERE class IN ('single', 'sequence', 'composition', 'trigger') AND caused_by IS NULL
  GROUP BY namespace, CAST(floor(arrive_est_ms / 60000.0) AS BIGINT)
),
totals AS (
  SELECT namespace, sum(admitted) AS admitted FROM admissions GROUP BY namespace
),
ranked AS (
  SELECT
    r.namespace,
    r.metric_name,
    r.clock_minute,
    r.refused,
    coalesce(a.admitted, 0) AS admitted,
    row_number() OVER (PARTITION BY r.namespace, r.metric_name ORDER BY r.refused DESC, r.clock_minute) AS place
  FROM refusals r
  LEFT JOIN admissions a ON a.namespace = r.namespace AND a.clock_minute = r.clock_minute
)
SELECT
  r.namespace,
  r.metric_name AS limit_name,
  CAST(sum(r.refused) AS BIGINT) AS refused,
  CAST(coalesce(max(t.admitted), 0) AS BIGINT) AS admitted,
  round(CAST(sum(r.refused) AS DOUBLE) / (sum(r.refused) + coalesce(max(t.admitted), 0)), 4) AS refused_share,
  count(*) AS minutes,
  to_timestamp(60 * max(CASE WHEN r.place = 1 THEN r.clock_minute END)) AS worst_minute,
  max(CASE WHEN r.place = 1 THEN r.refused END) AS worst_refused,
  max(CASE WHEN r.place = 1 THEN round(CAST(r.refused AS DOUBLE) / (r.refused + r.admitted), 4) END)
    AS worst_refused_share
FROM ranked r
LEFT JOIN totals t ON t.namespace = r.namespace
GROUP BY r.namespace, r.metric_name
ORDER BY refused DESC, r.namespace NULLS LAST, limit_name;
