-- How many calls run at the same time by invoker, and how much memory they hold, largest first.
--
-- Running is initialising or running. The integral over each second is taken from sums of what starts and ends in it,
-- so a call counts in each second for as long as it ran there. Idle containers and those being created hold memory too;
-- the recording does not have them. The row of all invokers is the whole platform. Calls with an unusable wait are in.
--
-- Report:    R06 Saturation
-- Answers:   how busy are the invokers, and how often are they nearly full?
-- Reads:     invocations
-- Variables: pool_mb (integer, default 0): user memory of one invoker; 0 takes what it held in its busiest second
-- Columns:   invoker, n, running_mean, running_p95 (over seconds), running_max (mean of the busiest second),
--            memory_mb_mean, memory_mb_max, pool_mb, full_share (of the time in which at least 80 % of pool_mb was held
--            by what ran)
-- Next:      More than 80 % for long: add invokers, or lower memory limits (R16). Nearly empty invokers while calls
--            wait (R04) are a matter of placement: R07.
WITH ran AS (
  SELECT
    invoker,
    start_est_ms,
    end_est_ms,
    CAST(coalesce(memory_mb, 0) AS DOUBLE) AS memory_mb
  FROM invocations
  WHERE class IN ('single', 'component') AND NOT never_ran
    AND (quality IS NULL OR quality IN ('no_wait', 'negative_wait', 'absurd_wait'))
    AND start_est_ms IS NOT NULL
),
-- In its second a start adds the rest of the second, an end takes it away; from the next on each counts in full.
changes AS (
  SELECT
    coalesce(invoker, 'unknown') AS place,
    second,
    count(*) FILTER (WHERE calls > 0) AS n,
    sum(calls) AS calls,
    sum(calls * (1000 * (second + 1) - at_ms)) AS call_ms,
    sum(calls * memory_mb) AS mb,
    sum(calls * memory_mb * (1000 * (second + 1) - at_ms)) AS mb_ms
  FROM (
    SELECT invoker, CAST(floor(start_est_ms / 1000.0) AS BIGINT) AS second, start_est_ms AS at_ms, 1 AS calls, memory_mb
    FROM ran
    UNION ALL
    SELECT invoker, CAST(floor(end_est_ms / 1000.0) AS BIGINT) AS second, end_est_ms AS at_ms, -1 AS calls, memory_mb
    FROM ran
  ) ends
  GROUP BY invoker, second
),
everywhere AS (
  SELECT * FROM changes
  UNION ALL
  SELECT
    'all invokers' AS place,
    second,
    sum(n) AS n,
    sum(calls) AS calls,
    sum(call_ms) AS call_ms,
    sum(mb) AS mb,
    sum(mb_ms) AS mb_ms
  FROM changes
  GROUP BY second
),
levels AS (
  SELECT
    place,
    second,
    sum(calls) OVER (PARTITION BY place ORDER BY second) AS running,
    sum(calls) OVER (PARTITION BY place ORDER BY second) - calls + call_ms / 1000.0 AS running_here,
    sum(mb) OVER (PARTITION BY place ORDER BY second) AS held_mb,
    sum(mb) OVER (PARTITION BY place ORDER BY second) - mb + mb_ms / 1000.0 AS held_mb_here,
    lead(second) OVER (PARTITION BY place ORDER BY second) - second - 1 AS seconds_after
  FROM everywhere
),
-- A second in which something changed, and the seconds behind it until the next one.
stretches AS (
  SELECT place, 1 AS seconds, CAST(running_here AS DOUBLE) AS running, CAST(held_mb_here AS DOUBLE) AS held_mb
  FROM levels
  UNION ALL
  SELECT place, seconds_after AS seconds, CAST(running AS DOUBLE) AS running, CAST(held_mb AS DOUBLE) AS held_mb
  FROM levels
  WHERE seconds_after > 0
),
totals AS (
  SELECT
    place,
    sum(seconds) AS seconds,
    sum(seconds * running) / sum(seconds) AS running_mean,
    max(running) AS running_max,
    sum(seconds * held_mb) / sum(seconds) AS held_mb_mean,
    max(held_mb) AS held_mb_max
  FROM stretches
  GROUP BY place
),
ranked AS (
  SELECT
    place,
    running,
    sum(seconds) OVER (PARTITION BY place ORDER BY running, held_mb, seconds ROWS UNBOUNDED PRECEDING) AS seconds_up_to
  FROM stretches
),
p95s AS (
  SELECT r.place, min(r.running) AS running_p95
  FROM ranked r
  JOIN totals t ON t.place = r.place
  WHERE r.seconds_up_to >= 0.95 * t.seconds AND t.seconds >= 59
  GROUP BY r.place
),
pools AS (
  SELECT
    place,
    CASE
      WHEN :pool_mb = 0 THEN held_mb_max
      WHEN place = 'all invokers' THEN :pool_mb * (SELECT count(DISTINCT place) FROM changes)
      ELSE :pool_mb
    END AS pool_mb
  FROM totals
),
full_seconds AS (
  SELECT s.place, sum(s.seconds) AS seconds
  FROM stretches s
  JOIN pools p ON p.place = s.place
  WHERE s.held_mb >= 0.8 * p.pool_mb AND p.pool_mb > 0
  GROUP BY s.place
),
counted AS (
  SELECT place, CAST(sum(n) AS BIGINT) AS n
  FROM everywhere
  GROUP BY place
)
SELECT
  t.place AS invoker,
  c.n,
  round(t.running_mean, 2) AS running_mean,
  round(q.running_p95, 2) AS running_p95,
  round(t.running_max, 2) AS running_max,
  round(t.held_mb_mean, 0) AS memory_mb_mean,
  round(t.held_mb_max, 0) AS memory_mb_max,
  round(p.pool_mb, 0) AS pool_mb,
  round(coalesce(f.seconds, 0) / CAST(t.seconds AS DOUBLE), 4) AS full_share
FROM totals t
JOIN counted c ON c.place = t.place
JOIN pools p ON p.place = t.place
LEFT JOIN p95s q ON q.place = t.place
LEFT JOIN full_seconds f ON f.place = t.place
ORDER BY running_mean DESC, c.n DESC, invoker;
