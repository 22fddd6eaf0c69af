-- Triggers: what each fire starts, and how long that takes.
--
-- The rules of a fire stand in its document; what they started is found by activation id, where that was recorded.
-- Clocks of controller and invoker differ, so a start may seem to lie before its fire. Up to 50 rules of a fire are
-- followed.
--
-- Report:    R21 Triggers
-- Answers:   how many actions does a trigger start, how soon after the fire, and which rules fail?
-- Reads:     invocations, recorded_rules
-- Columns:   trigger (namespace and name), fires, rules (most of one fire), failed_rules (that started nothing),
--            failed_share (of all rules), n (fires of which something is found), first_ms_p50 (fire to the start of the
--            first one), last_ms_p50 (to the start of the last one), last_ms_p95, total_ms (response time of all that
--            it started)
-- Next:      Rules that always fail are dead: remove them. Where the last start comes long after the first, look at R12
--            and R06: a fire with many rules is a burst.
WITH fires AS (
  SELECT activation_id AS fire, action AS fired, start_est_ms AS fired_ms, results
  FROM invocations
  LEFT JOIN recorded_rules ON fired_id = activation_id AND number = change_number AND age = 1
  WHERE class = 'trigger'
),
-- A list's text is the one way to take it apart that DuckDB and Spark share. Quotes inside of names are escaped there.
rules AS (
  SELECT
    fire,
    fired,
    fired_ms,
    split_part(results, '{"rule":"', number + 1) AS rule,
    nullif(
      regexp_extract(split_part(results, '{"rule":"', number + 1), '"activation_id":"([^"]+)"', 1),
      ''
    ) AS started_id
  FROM fires
  JOIN range(1, 51) AS numbers(number)
    ON number <= (length(results) - length(replace(results, '{"rule":"', ''))) / length('{"rule":"')
),
started AS (
  SELECT
    fire,
    i.start_est_ms - fired_ms AS after_ms,
    coalesce(i.wait_ms, 0) + coalesce(i.wall_ms, i.duration_ms) AS took_ms
  FROM invocations i
  JOIN rules ON started_id = i.activation_id
  WHERE i.quality IS NULL AND i.class IN ('single', 'sequence', 'composition')
),
fired_rules AS (
  SELECT
    fire,
    max(fired) AS fired,
    count(rule) AS rules,
    count(rule) - count(started_id) AS failed_rules
  FROM (SELECT f.fire, f.fired, r.rule, r.started_id FROM fires f LEFT JOIN rules r ON r.fire = f.fire) listed
  GROUP BY fire
),
spans AS (
  SELECT fire, min(after_ms) AS first_ms, max(after_ms) AS last_ms, sum(took_ms) AS took_ms
  FROM started
  GROUP BY fire
)
SELECT
  fired AS trigger,
  count(*) AS fires,
  max(rules) AS rules,
  CAST(sum(failed_rules) AS BIGINT) AS failed_rules,
  round(CAST(sum(failed_rules) AS DOUBLE) / nullif(sum(rules), 0), 4) AS failed_share,
  count(first_ms) AS n,
  CASE
    WHEN count(first_ms) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY first_ms), 1)
  END AS first_ms_p50,
  CASE WHEN count(first_ms) >= 6 THEN round(percentile_cont(0.5) WITHIN GROUP (ORDER BY last_ms), 1) END AS last_ms_p50,
  CASE
    WHEN count(first_ms) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY last_ms), 1)
  END AS last_ms_p95,
  CAST(coalesce(sum(took_ms), 0) AS BIGINT) AS total_ms
FROM fired_rules r
LEFT JOIN spans d ON d.fire = r.fire
GROUP BY fired
ORDER BY total_ms DESC, fires DESC, trigger NULLS LAST;
