-- What cold starts cost, action by action.
--
-- Report:    R02 Cold starts
-- Answers:   which actions lose time to containers that must be made and initialised first, and why were there none?
-- Reads:     delays, invocations
-- Variables: min_cold_time_share (number, default 0.05): of an action's response time, how much its cold starts take at least
-- Columns:   finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_action, cold_share,
--            first_starts, expired_starts, busy_starts, evicted_starts, gone_starts
WITH calls AS (
  SELECT action, count(*) AS n, sum(response_ms) AS response_ms FROM invocations WHERE in_base_set GROUP BY action
),
-- Two actions that evict each other are a finding of their own, container-thrash. Calls that wait for the initialisation of a
-- container they share lose time to its cold start too.
cold AS (
  SELECT
    action,
    sum(CASE WHEN is_cold THEN 1 ELSE 0 END) AS n,
    sum(CASE WHEN is_cold THEN cold_ms ELSE queued_ms END) AS cold_ms,
    sum(CASE WHEN is_cold THEN cold_ms * cold_ms ELSE queued_ms * queued_ms END) AS cold_ms_squared,
    sum(CASE WHEN cold_reason = 'first' THEN 1 ELSE 0 END) AS first_starts,
    sum(CASE WHEN cold_reason = 'expired' THEN 1 ELSE 0 END) AS expired_starts,
    sum(CASE WHEN cold_reason = 'busy' THEN 1 ELSE 0 END) AS busy_starts,
    sum(CASE WHEN cold_reason = 'evicted' THEN 1 ELSE 0 END) AS evicted_starts,
    sum(CASE WHEN cold_reason = 'gone' THEN 1 ELSE 0 END) AS gone_starts,
    sum(CASE WHEN is_cold AND queued_for = 'room' THEN 1 ELSE 0 END) AS without_room
  FROM delays
  WHERE is_cold AND NOT is_thrash OR queued_for = 'initialisation'
  GROUP BY action
),
costs AS (
  SELECT
    c.*,
    a.n AS calls,
    c.cold_ms / nullif(a.response_ms, 0) AS time_share,
    CASE
      WHEN a.n >= 6 THEN
        1.96 * sqrt(greatest(0, c.cold_ms_squared - c.cold_ms * c.cold_ms / a.n) * a.n / (a.n - 1))
    END AS half_ms,
    greatest(c.first_starts, c.expired_starts, c.busy_starts, c.evicted_starts, c.gone_starts) AS most
  FROM cold c
  JOIN calls a ON a.action = c.action
)
SELECT
  'R02' AS finding,
  concat(
    action, ' starts cold in ', CAST(CAST(n AS BIGINT) AS STRING), ' of ', CAST(calls AS STRING), ' calls, which costs ',
    CAST(CAST(round(cold_ms / 1000) AS BIGINT) AS STRING), ' s: ',
    CASE
      WHEN 2 * without_room > n THEN 'mostly because the memory of the invokers was taken'
      WHEN busy_starts = most THEN 'mostly while its other containers there were busy'
      WHEN expired_starts = most THEN 'mostly because its containers were unused for ten minutes and removed'
      WHEN evicted_starts = most THEN 'mostly because other actions took the room of its containers'
      WHEN first_starts = most THEN 'mostly because it had not run there before'
      ELSE 'mostly because its containers did not last'
    END
  ) AS claim,
  round(cold_ms, 1) AS at_stake_ms,
  CASE WHEN half_ms IS NOT NULL THEN round(greatest(0, cold_ms - half_ms), 1) END AS low_ms,
  round(cold_ms + half_ms, 1) AS high_ms,
  CAST(n AS BIGINT) AS n,
  round(coalesce(time_share, 0), 4) AS value,
  :min_cold_time_share AS threshold,
  'measured' AS confidence,
  CASE
    WHEN 2 * without_room > n THEN
      'give the invokers more memory (CONFIG_whisk_containerPool_userMemory), or lower memory limits that are not needed'
    WHEN busy_starts = most THEN
      'keep prewarmed containers of its kind and memory (stemCells in the runtimes manifest), or let one container take several calls'
      ' (wsk action update --concurrency) where the code allows it'
    WHEN expired_starts = most THEN
      'keep unused containers longer (CONFIG_whisk_containerProxy_timeouts_idleContainer), or call it every few minutes'
    WHEN evicted_starts = most THEN
      'give the invokers more memory (CONFIG_whisk_containerPool_userMemory), or lower memory limits that are not needed'
    WHEN first_starts = most THEN
      'warm it up before the load comes, and keep prewarmed containers of its kind and memory (stemCells in the runtimes manifest)'
    ELSE 'look at why its containers end: crashes, time-outs and failed initialisations remove them'
  END AS next_step,
  action AS subject_action,
  round(n / CAST(calls AS DOUBLE), 4) AS cold_share,
  first_starts,
  expired_starts,
  busy_starts,
  evicted_starts,
  gone_starts
FROM costs
ORDER BY at_stake_ms DESC, action
