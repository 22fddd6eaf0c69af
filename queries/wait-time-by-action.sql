-- Wait time by action, slowest first.
--
-- Health probes are left out, triggers, and sequences, whose parts are counted by themselves. Percentiles and maximum
-- are of the base set: without negative and absurd waits, and without what never ran.
--
-- Report:    R04 Queueing
-- Answers:   which actions wait longest before they run, and how often do they start cold?
-- Reads:     invocations
-- Columns:   action, activations, cold_starts, wait_ms_p50, wait_ms_p95, wait_ms_max, init_ms_p50 (of cold starts),
--            negative_waits (from clocks that differ), left_out (not in the base set, negative waits among them)
-- Next:      A wait is long because a container was made, or because there was none free: warm-wait-by-action and R02
--            tell which. Many negative waits: clocks-by-invoker.
SELECT
  action,
  count(*) AS activations,
  count(*) FILTER (WHERE is_cold) AS cold_starts,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE in_base_set), 1) AS wait_ms_p50,
  round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE in_base_set), 1) AS wait_ms_p95,
  max(wait_ms) FILTER (WHERE in_base_set) AS wait_ms_max,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE in_base_set AND is_cold), 1) AS init_ms_p50,
  count(*) FILTER (WHERE wait_ms < 0) AS negative_waits,
  count(*) FILTER (WHERE NOT in_base_set) AS left_out
FROM invocations
WHERE class IN ('single', 'component')
GROUP BY action
ORDER BY wait_ms_p95 DESC NULLS LAST, activations DESC, action NULLS LAST;
