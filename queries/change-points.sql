-- Where things changed, if they did.
--
-- The recording is divided into at most a hundred windows, ten calls or more each in the mean, and Pettitt's test looks
-- for the window after which a figure stays at another level. Its p takes windows to be independent; real ones follow
-- each other, so that small p are too small. Each figure is looked at for one change only.
--
-- Report:    R26 Trend
-- Answers:   when did response times, cold starts or failures go to another level?
-- Reads:     invocations
-- Columns:   figure, windows, changed_at (UTC; end of the last window before), n_before (calls), before_share, n_after,
--            after_share, p (Pettitt; null for fewer than 20 windows, or where the figure never moves)
-- Next:      Below a p of 0.01 look at what happened at changed_at: a deployment (R27), an invoker that came or went
--            (R07), more load (R08). Above 0.05 nothing is known to have changed.
WITH usual AS (
  SELECT
    namespace AS usual_namespace,
    action AS usual_action,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms) AS response_ms_p50
  FROM invocations
  WHERE in_base_set
  GROUP BY namespace, action
),
span AS (
  SELECT
    min(arrive_est_ms) AS first_ms,
    (max(arrive_est_ms) - min(arrive_est_ms) + 1) / CAST(least(100, greatest(1, floor(count(*) / 10.0))) AS DOUBLE)
      AS width_ms
  FROM invocations
  WHERE in_base_set
),
windows AS (
  SELECT
    CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT) AS nth,
    count(*) AS n,
    sum(CASE WHEN response_ms > response_ms_p50 THEN 1e0 WHEN response_ms = response_ms_p50 THEN 0.5e0 ELSE 0e0 END)
      AS above_median,
    count(*) FILTER (WHERE is_cold) AS cold,
    count(*) FILTER (WHERE status_code <> 0) AS failed
  FROM invocations
  JOIN usual ON usual_namespace = namespace AND usual_action = action
  CROSS JOIN span
  WHERE in_base_set
  GROUP BY CAST(floor((arrive_est_ms - first_ms) / width_ms) AS BIGINT)
),
figures AS (
  SELECT 'above the median of its action' AS figure, nth, n, CAST(above_median AS DOUBLE) AS counted FROM windows
  UNION ALL
  SELECT 'cold' AS figure, nth, n, CAST(cold AS DOUBLE) AS counted FROM windows
  UNION ALL
  SELECT 'failed' AS figure, nth, n, CAST(failed AS DOUBLE) AS counted FROM windows
),
-- Twice the rank, less the mean of it: ties share theirs. Its running sum is Pettitt's U.
ranks AS (
  SELECT
    figure,
    nth,
    n,
    counted,
    2 * rank() OVER (PARTITION BY figure ORDER BY counted / n)
      + count(*) OVER (PARTITION BY figure, counted / n) - 1
      - (count(*) OVER (PARTITION BY figure) + 1) AS centred_rank,
    count(*) OVER (PARTITION BY figure) AS windows
  FROM figures
),
sums AS (
  SELECT
    *,
    abs(sum(centred_rank) OVER (PARTITION BY figure ORDER BY nth)) AS u,
    sum(n) OVER (PARTITION BY figure ORDER BY nth) AS n_before,
    sum(counted) OVER (PARTITION BY figure ORDER BY nth) AS counted_before,
    sum(n) OVER (PARTITION BY figure) AS n_all,
    sum(counted) OVER (PARTITION BY figure) AS counted_all
  FROM ranks
),
greatest_u AS (
  SELECT *, row_number() OVER (PARTITION BY figure ORDER BY u DESC, nth) AS place FROM sums
)
SELECT
  figure,
  windows,
  CASE WHEN u > 0 THEN to_timestamp(floor((first_ms + (nth + 1) * width_ms) / 1000)) END AS changed_at,
  CASE WHEN u > 0 THEN CAST(n_before AS BIGINT) END AS n_before,
  CASE WHEN u > 0 THEN round(counted_before / n_before, 4) END AS before_share,
  CASE WHEN u > 0 THEN CAST(n_all - n_before AS BIGINT) END AS n_after,
  CASE WHEN u > 0 THEN round((counted_all - counted_before) / (n_all - n_before), 4) END AS after_share,
  CASE
    WHEN windows >= 20 AND u > 0
      THEN round(least(1, 2 * exp(-6.0 * u * u / (power(CAST(windows AS DOUBLE), 3) + power(windows, 2)))), 4)
  END AS p
FROM greatest_u
CROSS JOIN span
WHERE place = 1
ORDER BY p NULLS LAST, figure;
