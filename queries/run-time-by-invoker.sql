-- Run time by invoker, against the same calls elsewhere.
--
-- Chart:     R07
-- Answers:   is an invoker slower than the others at the same work?
-- Reads:     invocations, charted_calls, charted_invokers
-- Columns:   namespace, action, invoker, n, run_ms_p50, elsewhere_run_ms_p50 (the median of the other invokers' medians)
WITH
medians AS (
  SELECT
    k.namespace,
    k.action,
    k.place AS call_place,
    v.invoker,
    v.place AS invoker_place,
    count(*) AS n,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY i.run_ms) AS run_ms
  FROM invocations i
  JOIN charted_calls k ON k.namespace = i.namespace AND k.action = i.action
  JOIN charted_invokers v ON v.invoker = i.invoker
  WHERE i.in_base_set
  GROUP BY k.namespace, k.action, k.place, v.invoker, v.place
  HAVING count(*) >= 6
)
SELECT
  here.namespace,
  here.action,
  here.invoker,
  here.n,
  round(here.run_ms, 1) AS run_ms_p50,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY other.run_ms), 1) AS elsewhere_run_ms_p50
FROM medians here
LEFT JOIN medians other ON other.call_place = here.call_place AND other.invoker_place <> here.invoker_place
GROUP BY here.namespace, here.action, here.call_place, here.invoker, here.invoker_place, here.n, here.run_ms
ORDER BY here.invoker_place, here.call_place;
