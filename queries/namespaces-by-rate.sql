-- Whether others are slow while one namespace is busy.
--
-- By windows of ten seconds: how many calls the namespace had running time for (sum of durations), and which share of
-- the others' runs was above the p95 of their own action. Slow windows follow each other, so that a correlation of 0.3
-- over fewer than 100 windows may well be chance. The twenty namespaces with most running time are looked at.
--
-- Report:    R18 Noisy neighbours
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
),
-- Not corr(): in Spark it fails where one of the two is always the same.
correlations AS (
  SELECT
    namespace AS correlated,
    shift,
    CASE
      WHEN count(*) >= 12
        THEN round(covar_samp(busy_ms, slow_share) / nullif(stddev_samp(busy_ms) * stddev_samp(slow_share), 0), 3)
    END AS correlation
  FROM (
    SELECT namespace, 'now' AS shift, busy_ms, slow_share FROM shifted
    UNION ALL
    SELECT namespace, 'before' AS shift, busy_before AS busy_ms, slow_share FROM shifted WHERE busy_before IS NOT NULL
    UNION ALL
    SELECT namespace, 'after' AS shift, busy_after AS busy_ms, slow_share FROM shifted WHERE busy_after IS NOT NULL
  ) pairs
  GROUP BY namespace, shift
),
shares AS (
  SELECT
    namespace,
    count(*) AS windows,
    CAST(sum(others_slow) AS DOUBLE) / sum(others) AS slow_share,
    CAST(sum(others_slow) FILTER (WHERE place <= of_all / 10.0 + 1) AS DOUBLE)
      / sum(others) FILTER (WHERE place <= of_all / 10.0 + 1) AS busy_slow_share,
    CAST(sum(others) FILTER (WHERE place <= of_all / 10.0 + 1) AS BIGINT) AS busy_n
  FROM shifted
  GROUP BY namespace
)
SELECT
  s.namespace,
  CAST(b.n AS BIGINT) AS n,
  s.windows,
  now.correlation,
  before.correlation AS correlation_before,
  after.correlation AS correlation_after,
  round(s.slow_share, 4) AS others_slow_share,
  round(s.busy_slow_share, 4) AS others_slow_when_busy_share,
  s.busy_n AS others_n_when_busy
FROM shares s
JOIN busiest b ON b.namespace = s.namespace
LEFT JOIN correlations now ON now.correlated = s.namespace AND now.shift = 'now'
LEFT JOIN correlations before ON before.correlated = s.namespace AND before.shift = 'before'
LEFT JOIN correlations after ON after.correlated = s.namespace AND after.shift = 'after'
ORDER BY correlation DESC NULLS LAST, n DESC, s.namespace NULLS LAST;
