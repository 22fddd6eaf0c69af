-- The controllers: what each let in, refused, and ran as sequences.
--
-- Controllers emit an event for each admitted call only with the older load balancers (not with the scheduler of
-- OpenWhisk 2). Which controller a call came through an invoker does not say, so waits are those of sequences, that
-- controllers run.
--
-- Report:    R29 Controllers
-- Answers:   do the controllers share the calls evenly, and are calls in flight counted as high as they are limited?
-- Reads:     events, invocations
-- Columns:   controller, admitted, admitted_share, in_flight_p50 (calls of one namespace in flight, as this controller
--            counted them at each admission), in_flight_max, refused, refused_share (of what came to it), n (sequences
--            and compositions), wait_ms_p50 (of those), wait_ms_p95
-- Next:      Uneven shares: look at what stands in front of the controllers. Limits are divided among controllers, so
--            an uneven front door also refuses calls that another controller had room for (R12).
WITH front AS (
  SELECT
    event_source AS controller,
    count(*) FILTER (WHERE metric_name = 'ConcurrentInvocations') AS admitted,
    CASE
      WHEN count(*) FILTER (WHERE metric_name = 'ConcurrentInvocations') >= 6
        THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY metric_value)
          FILTER (WHERE metric_name = 'ConcurrentInvocations')
    END AS in_flight_p50,
    max(metric_value) FILTER (WHERE metric_name = 'ConcurrentInvocations') AS in_flight_max,
    count(*) FILTER (WHERE metric_name IN ('ConcurrentRateLimit', 'TimedRateLimit')) AS refused
  FROM events
  WHERE event_source LIKE 'controller%' OR event_source LIKE 'scheduler%'
  GROUP BY event_source
),
chains AS (
  SELECT
    event_source AS controller,
    count(*) AS n,
    CASE WHEN count(*) >= 6 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) END AS wait_ms_p50,
    CASE WHEN count(*) >= 59 THEN percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms) END AS wait_ms_p95
  FROM invocations
  WHERE class IN ('sequence', 'composition') AND quality IS NULL
  GROUP BY event_source
)
SELECT
  f.controller,
  f.admitted,
  round(f.admitted / nullif(CAST(sum(f.admitted) OVER () AS DOUBLE), 0), 4) AS admitted_share,
  round(f.in_flight_p50, 1) AS in_flight_p50,
  f.in_flight_max,
  f.refused,
  round(CAST(f.refused AS DOUBLE) / nullif(f.refused + f.admitted, 0), 4) AS refused_share,
  coalesce(c.n, 0) AS n,
  round(c.wait_ms_p50, 1) AS wait_ms_p50,
  round(c.wait_ms_p95, 1) AS wait_ms_p95
FROM front f
LEFT JOIN chains c ON c.controller = f.controller
ORDER BY admitted DESC, n DESC, f.controller;
