-- Starts that failed by invoker and action, most first.
--
-- Such a call has an error of the platform or of its image, and neither initialised nor ran: its container never came
-- up, or another one's initialisation failed for which it had been waiting. Its wait is the time until it failed.
--
-- Report:    R14 Failed starts
-- Answers:   where do containers not come up, and how long do calls wait for that?
-- Reads:     invocations
-- Columns:   invoker, action, n (failed starts), of_n (calls of the action there), failed_share, wait_ms_p50,
--            wait_ms_max, minutes (of the clock in which it happened), first_seen, last_seen
-- Next:      One action on all invokers: its image, or the registry. All actions on one invoker: its disk, memory, or
--            container engine. Many at once: what was started then (R08).
SELECT
  invoker,
  action,
  count(*) FILTER (WHERE never_ran) AS n,
  count(*) AS of_n,
  round(CAST(count(*) FILTER (WHERE never_ran) AS DOUBLE) / count(*), 4) AS failed_share,
  CASE
    WHEN count(*) FILTER (WHERE never_ran AND quality IS NULL) >= 6
      THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE never_ran AND quality IS NULL), 1)
  END AS wait_ms_p50,
  max(wait_ms) FILTER (WHERE never_ran AND quality IS NULL) AS wait_ms_max,
  count(DISTINCT CASE WHEN never_ran THEN date_trunc('minute', end_est) END) AS minutes,
  min(end_est) FILTER (WHERE never_ran) AS first_seen,
  max(end_est) FILTER (WHERE never_ran) AS last_seen
FROM invocations
WHERE class IN ('single', 'component')
GROUP BY invoker, action
HAVING count(*) FILTER (WHERE never_ran) > 0
ORDER BY n DESC, failed_share DESC, invoker NULLS LAST, action NULLS LAST;
