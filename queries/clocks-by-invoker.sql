-- The clocks of the invokers, as far as waits show them.
--
-- A wait begins by a controller's clock and ends by the invoker's. The shortest wait of warm calls is nearly nothing,
-- so what it is above or below that of the other invokers is likely the clock: an estimate, for which 59 warm calls are
-- asked. Nothing is corrected by it.
--
-- Report:    R29 Controllers
-- Answers:   whose clock is off, and how late do events come?
-- Reads:     invocations
-- Columns:   invoker, n (warm calls), least_wait_ms, offset_ms (that less the median of all invokers' least waits),
--            negative_n (waits below 0, all calls), negative_share, lag_ms_p50 (end to event: log collection),
--            lag_ms_p95
-- Next:      Keep clocks together (NTP, chrony) to within a few milliseconds; until then waits of an invoker that is
--            off are wrong by offset_ms, and its calls with negative waits are left out of figures.
WITH waits AS (
  SELECT
    invoker,
    count(*) FILTER (WHERE NOT is_cold AND quality IS DISTINCT FROM 'absurd_wait') AS n,
    min(wait_ms) FILTER (WHERE NOT is_cold AND quality IS DISTINCT FROM 'absurd_wait') AS least_wait_ms,
    count(*) FILTER (WHERE wait_ms < 0) AS negative_n,
    round(CAST(count(*) FILTER (WHERE wait_ms < 0) AS DOUBLE) / nullif(count(wait_ms), 0), 4) AS negative_share,
    CASE WHEN count(lag_ms) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY lag_ms), 1) END AS lag_ms_p50,
    CASE WHEN count(lag_ms) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY lag_ms), 1) END AS lag_ms_p95
  FROM invocations
  WHERE invoker IS NOT NULL AND class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('negative_wait', 'absurd_wait'))
  GROUP BY invoker
)
SELECT
  invoker,
  n,
  least_wait_ms,
  CASE WHEN n >= 59 THEN round(least_wait_ms - usual_ms, 1) END AS offset_ms,
  negative_n,
  negative_share,
  lag_ms_p50,
  lag_ms_p95
FROM waits
CROSS JOIN (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY least_wait_ms) FILTER (WHERE n >= 59) AS usual_ms FROM waits
) usual
ORDER BY abs(offset_ms) DESC NULLS LAST, n DESC, invoker;
