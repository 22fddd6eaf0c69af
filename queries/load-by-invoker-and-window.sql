-- Running and waiting on each invoker, over time.
--
-- Chart:     R04, R05, R06, R14, R29
-- Answers:   which invokers were busy when, and where did calls pile up?
-- Reads:     invocations, charted_invokers, charted_windows
-- Columns:   invoker (null for all that are not charted by themselves), at_ms, width_ms, arrivals, cold_starts, waiting, running (the mean
--            number at once over the window; windows without any have no row)
WITH
span AS (
  SELECT first_ms, width_ms, windows FROM charted_windows WHERE number = 0
),
calls AS (
  SELECT
    coalesce(k.place, 21) AS place,
    i.is_cold,
    least(greatest(i.arrive_est_ms - t.first_ms, 0), t.windows * t.width_ms) AS arrive_ms,
    least(greatest(i.start_est_ms - t.first_ms, 0), t.windows * t.width_ms) AS start_ms,
    least(greatest(i.end_est_ms - t.first_ms, 0), t.windows * t.width_ms) AS end_ms,
    i.arrive_est_ms >= t.first_ms AS is_inside,
    t.width_ms
  FROM invocations i
  LEFT JOIN charted_invokers k ON k.invoker = i.invoker
  CROSS JOIN span t
  WHERE i.in_base_set AND i.invoker IS NOT NULL
),
-- Each call begins to wait, begins to run, and ends; what changes then counts for the rest of its window, and wholly in later ones.
changes AS (
  SELECT place, arrive_ms AS ms, width_ms, 1 AS waiting, 0 AS running,
    CASE WHEN is_inside THEN 1 ELSE 0 END AS arrivals,
    CASE WHEN is_inside AND is_cold THEN 1 ELSE 0 END AS cold_starts
  FROM calls
  UNION ALL
  SELECT place, start_ms, width_ms, -1, 1, 0, 0 FROM calls
  UNION ALL
  SELECT place, end_ms, width_ms, 0, -1, 0, 0 FROM calls
),
by_window AS (
  SELECT
    place,
    CAST(floor(ms / width_ms) AS BIGINT) AS number,
    sum(arrivals) AS arrivals,
    sum(cold_starts) AS cold_starts,
    sum(waiting) AS waiting,
    sum(running) AS running,
    sum(waiting * (width_ms - ms % width_ms)) AS waiting_ms,
    sum(running * (width_ms - ms % width_ms)) AS running_ms
  FROM changes
  GROUP BY place, CAST(floor(ms / width_ms) AS BIGINT)
),
filled AS (
  SELECT
    p.place,
    w.at_ms,
    w.width_ms,
    coalesce(b.arrivals, 0) AS arrivals,
    coalesce(b.cold_starts, 0) AS cold_starts,
    coalesce(sum(b.waiting) OVER earlier, 0) + coalesce(b.waiting_ms, 0) / CAST(w.width_ms AS DOUBLE) AS waiting,
    coalesce(sum(b.running) OVER earlier, 0) + coalesce(b.running_ms, 0) / CAST(w.width_ms AS DOUBLE) AS running
  FROM (SELECT DISTINCT place FROM by_window) p
  CROSS JOIN charted_windows w
  LEFT JOIN by_window b ON b.place = p.place AND b.number = w.number
  WINDOW earlier AS (PARTITION BY p.place ORDER BY w.number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
  k.invoker,
  f.at_ms,
  f.width_ms,
  f.arrivals,
  f.cold_starts,
  round(f.waiting, 3) AS waiting,
  round(f.running, 3) AS running
FROM filled f
LEFT JOIN charted_invokers k ON k.place = f.place
WHERE f.arrivals > 0 OR f.waiting >= 0.0005 OR f.running >= 0.0005
ORDER BY f.place, f.at_ms;
