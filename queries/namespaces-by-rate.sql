-- Whether others are slow while one namespace is busy.
--
-- By windows of ten seconds: how many calls the namespace had running time for (sum of durations), and which share of
-- the others' runs was above the p95 of their own action. Slow windows follow each other, so that a correlation of 0.3
-- over fewer than 100 windows may well be chance. The twenty namespaces with most running time are looked at.
--
-- Report:    R18 Noisy neighbour
-- Answers:   which namespace's load goes together with slow runs of all others?
-- Reads:     invocations
-- Columns:   namespace, n (its calls), windows (with ten calls or more of others), correlation (its running time with
--            the others' slow share), correlation_before (with its running time ten seconds earlier), correlation_after
--            (ten seconds later), others_slow_share (all windows), others_slow_when_busy_share (in the tenth of windows
--            in which it ran most), others_n_when_busy
-- Next:      A correlation that is there at once, or ten seconds later (before), with a share when busy far above the
--            usual: limit that namespace (R12), or give it invokers of its own. The same after is not its doing.
WITH usual AS (
  SELECT
    namespace AS usual_namespace,
    action AS usual_action,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms) AS run_ms_p95
  FROM invocations
  WHERE in_base_set
  GROUP BY namespace, action
  HAVING count(*) >= 59
),
parts AS (
  SELECT
    namespace,
    CAST(floor(start_est_ms / 10000.0) AS BIGINT) AS ten,
    count(*) AS n,
    sum(CAST(duration_ms AS DOUBLE)) AS busy_ms,
    count(run_ms_p95) AS compared,
    count(*) FILTER (WHERE run_ms > run_ms_p95) AS slow
  FROM invocations
  LEFT JOIN usual ON usual_namespace = namespace AND usual_action = action
  WHERE in_base_set
  GROUP BY namespace, CAST(floor(start_est_ms / 10000.0) AS BIGINT)
),
busiest AS (
  SELECT namespace, sum(n) AS n, sum(busy_ms) AS busy_ms
  FROM parts
  GROUP BY namespace
  ORDER BY busy_ms DESC, namespace
  LIMIT 20
),
windows AS (
  SELECT ten, sum(compared) AS compared, sum(slow) AS slow FROM parts GROUP BY ten
),
grid AS (
  SELECT
    b.namespace,
    w.ten,
    coalesce(p.busy_ms, 0) AS busy_ms,
    w.compared - coalesce(p.compared, 0) AS others,
    (w.slow - coalesce(p.slow, 0)) / CAST(nullif(w.compared - coalesce(p.compared, 0), 0) AS DOUBLE) AS slow_share,
    w.slow - coalesce(p.slow, 0) AS others_slow
  FROM busiest b
  CROSS JOIN windows w
  LEFT JOIN parts p ON p.namespace = b.namespace AND p.ten = w.ten
),
shifted AS (
  SELECT
    *,
    lag(busy_ms) OVER (PARTITION BY namespace ORDER BY ten) AS busy_before,
    lead(busy_ms) OVER (PARTITION BY namespace ORDER BY ten) AS busy_after,
    row_number() OVER (PARTITION BY namespace ORDER BY busy_ms DESC, ten) AS place,
    count(*) OVER (PARTITION BY namespace) AS of_all
  FROM grid
  WHERE others >= 10
)
SELECT
  s.namespace,
  CAST(max(b.n) AS BIGINT) AS n,
  count(*) AS windows,
  CASE WHEN count(*) >= 12 THEN round(corr(s.busy_ms, s.slow_share), 3) END AS correlation,
  CASE WHEN count(*) >= 12 THEN round(corr(s.busy_before, s.slow_share), 3) END AS correlation_before,
  CASE WHEN count(*) >= 12 THEN round(corr(s.busy_after, s.slow_share), 3) END AS correlation_after,
  round(CAST(sum(s.others_slow) AS DOUBLE) / sum(s.others), 4) AS others_slow_share,
  round(
    CAST(sum(s.others_slow) FILTER (WHERE s.place <= s.of_all / 10.0 + 1) AS DOUBLE)
      / sum(s.others) FILTER (WHERE s.place <= s.of_all / 10.0 + 1),
    4
  ) AS others_slow_when_busy_share,
  CAST(sum(s.others) FILTER (WHERE s.place <= s.of_all / 10.0 + 1) AS BIGINT) AS others_n_when_busy
FROM shifted s
JOIN busiest b ON b.namespace = s.namespace
GROUP BY s.namespace
ORDER BY correlation DESC NULLS LAST, n DESC, s.namespace NULLS LAST;
