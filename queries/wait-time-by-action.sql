-- Wait time by action, slowest first.
--
-- Answers:   which actions wait longest before they run, and how often do they start cold?
-- Reads:     events
-- Leaves out: health probes (whisk.system), and sequences, whose parts are counted by themselves.
--            Negative waits come from clocks that differ: they are counted, and not in the percentiles.
-- Columns:   action, activations, cold_starts, wait_ms_p50, wait_ms_p95, wait_ms_max, init_ms_p50 (of cold starts),
--            negative_waits
SELECT
  action,
  count(*) AS activations,
  count(*) FILTER (WHERE init_ms > 0) AS cold_starts,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE wait_ms >= 0), 1) AS wait_ms_p50,
  round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms) FILTER (WHERE wait_ms >= 0), 1) AS wait_ms_p95,
  max(wait_ms) AS wait_ms_max,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms) FILTER (WHERE init_ms > 0), 1) AS init_ms_p50,
  count(*) FILTER (WHERE wait_ms < 0) AS negative_waits
FROM events
WHERE body_type = 'activation'
  AND coalesce(namespace, '') <> 'whisk.system'
  AND coalesce(kind, '') <> 'sequence'
  AND NOT coalesce(conductor, false)
GROUP BY action
ORDER BY wait_ms_p95 DESC NULLS LAST, activations DESC, action NULLS LAST;
