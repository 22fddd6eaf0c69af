-- Actions that take each other's containers, by invoker and pair, most early cold starts first.
--
-- An early cold start came while a container of the same namespace and action should still have been kept. The pair is
-- this action and the one that started cold on the same invoker just before, for which room had to be made.
--
-- Report:    R09 Container thrash
-- Answers:   which actions start cold again and again because containers of others push theirs out?
-- Reads:     invocations
-- Variables: idle_limit_ms (integer, default 600000): how long an idle container is kept
-- Columns:   invoker, action, after_action, n (early cold starts of action right behind one of after_action), back_n
--            (the same the other way round), gap_ms_p50 (since the last use of action), lost_ms (initialisation, and
--            wait beyond the median warm wait of the action)
-- Next:      Pairs that alternate do not fit together: raise the invokers' user memory, lower the actions' memory
--            limits (R16), or split the load over more invokers.
WITH cold AS (
  SELECT
    invoker,
    namespace,
    action,
    gap_ms,
    wait_ms,
    init_ms,
    lag(action) OVER (PARTITION BY invoker ORDER BY start_est_ms, activation_id, event_offset) AS after_action
  FROM invocations
  WHERE in_base_set AND is_cold AND invoker IS NOT NULL
),
warm AS (
  SELECT action AS warm_action, percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms) AS wait_ms_p50
  FROM invocations
  WHERE in_base_set AND NOT is_cold
  GROUP BY action
  HAVING count(*) >= 6
),
pairs AS (
  SELECT
    invoker,
    action,
    after_action,
    count(*) AS n,
    CASE WHEN count(*) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY gap_ms), 1) END AS gap_ms_p50,
    sum(init_ms + greatest(wait_ms - coalesce(wait_ms_p50, wait_ms), 0)) AS lost_ms
  FROM cold
  LEFT JOIN warm ON warm_action = action
  WHERE gap_ms >= 0 AND gap_ms < :idle_limit_ms AND after_action <> action
  GROUP BY invoker, action, after_action
)
SELECT
  p.invoker,
  p.action,
  p.after_action,
  p.n,
  coalesce(b.n, 0) AS back_n,
  p.gap_ms_p50,
  round(p.lost_ms, 0) AS lost_ms
FROM pairs p
LEFT JOIN pairs b ON b.invoker = p.invoker AND b.action = p.after_action AND b.after_action = p.action
WHERE p.n >= 2
ORDER BY p.n DESC, lost_ms DESC, p.invoker, p.action, p.after_action;
