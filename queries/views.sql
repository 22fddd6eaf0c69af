-- The tables that queries read, over what a recording holds. DuckDB and Spark SQL both run this file unchanged.
-- recorded_events, recorded_activations: the segments of the two tables as they are, see docs/format.md.
-- Every column of invocations, and the model of time behind it, is described in docs/queries.md.

-- events: all columns of recorded_events, and its three times as timestamps.
--   event_time       the emitter's clock, when the event was made (event_time_ms)
--   kafka_timestamp  of the message (kafka_timestamp_ms)
--   recorded_at      whisktape's clock (recorded_at_ms)
-- A timestamp is null where the milliseconds lie outside of the years 1 to 9999; they stay in their own columns.
CREATE OR REPLACE TEMPORARY VIEW events AS
SELECT
  *,
  CASE
    WHEN event_time_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(event_time_ms / 1000.0)
  END AS event_time,
  CASE
    WHEN kafka_timestamp_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(kafka_timestamp_ms / 1000.0)
  END AS kafka_timestamp,
  CASE
    WHEN recorded_at_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(recorded_at_ms / 1000.0)
  END AS recorded_at
FROM recorded_events;

-- activations: the newest revision of each document that is the record of an activation, all columns of
-- recorded_activations that say something about it, and its times as timestamps.
--   start_time, end_time  as OpenWhisk stored them (start_ms, end_ms; the end of a trigger is null, stored as 0)
--   updated_time          when the record was made, after log collection (updated_ms)
--   recorded_at           whisktape's clock (recorded_at_ms)
-- A document that was deleted later stays, as it was before: operators delete old ones while others record. Of one
-- that was never seen alive nothing is here.
CREATE OR REPLACE TEMPORARY VIEW activations AS
WITH repeated_documents AS (
  SELECT
    r.incarnation AS life,
    r.change_number AS number,
    row_number() OVER (PARTITION BY r._id ORDER BY r.incarnation DESC, r.change_number DESC) AS age
  FROM recorded_activations r
  JOIN (
    SELECT _id FROM recorded_activations
    WHERE document_type = 'activation' AND NOT deleted
    GROUP BY _id HAVING count(*) > 1
  ) repeated ON repeated._id = r._id
  WHERE r.document_type = 'activation' AND NOT r.deleted
)
SELECT
  incarnation, change_number, update_seq, recorded_at_ms, _id, _rev, document,
  activation_id, namespace, name, path, version, subject, entity_type,
  start_ms, end_ms, duration_ms, updated_ms, wait_ms, init_ms, kind,
  timeout_limit_ms, memory_mb, logs_limit_mb, concurrency_limit, instances_limit,
  timed_out, caused_by, cause, topmost, conductor, binding,
  status_code, response_chars, user_status_code, publish, log_lines, component_ids, trigger_results, odd_fields,
  CASE
    WHEN start_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(start_ms / 1000.0)
  END AS start_time,
  CASE
    WHEN nullif(end_ms, 0) BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(nullif(end_ms, 0) / 1000.0)
  END AS end_time,
  CASE
    WHEN updated_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(updated_ms / 1000.0)
  END AS updated_time,
  CASE
    WHEN recorded_at_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(recorded_at_ms / 1000.0)
  END AS recorded_at
FROM recorded_activations r
LEFT JOIN repeated_documents p ON p.life = r.incarnation AND p.number = r.change_number
WHERE r.document_type = 'activation' AND NOT r.deleted AND coalesce(p.age, 1) = 1;

-- invocations: one row for each activation, from its event, its document, or both. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW invocations AS
WITH
-- Producers repeat an event; the first counts. Few are repeated, and to rank only those is cheap.
repeated_events AS (
  SELECT
    e.incarnation AS life,
    e.partition AS place,
    e.offset AS number,
    repeated.duplicates,
    row_number() OVER (PARTITION BY e.activation_id ORDER BY e.incarnation, e.partition, e.offset) AS nth
  FROM recorded_events e
  JOIN (
    SELECT activation_id, count(*) - 1 AS duplicates FROM recorded_events
    WHERE body_type = 'activation'
    GROUP BY activation_id HAVING count(*) > 1
  ) repeated ON repeated.activation_id = e.activation_id
  WHERE e.body_type = 'activation'
),
first_events AS (
  SELECT e.*, e.offset AS event_offset, coalesce(p.duplicates, 0) AS duplicates
  FROM recorded_events e
  LEFT JOIN repeated_events p ON p.life = e.incarnation AND p.place = e.partition AND p.number = e.offset
  WHERE e.body_type = 'activation' AND coalesce(p.nth, 1) = 1
),
-- As in the view activations, but one for each activation id, also where two documents claim the same.
repeated_documents AS (
  SELECT
    r.incarnation AS life,
    r.change_number AS number,
    row_number() OVER (PARTITION BY r.activation_id ORDER BY r.incarnation DESC, r.change_number DESC) AS age
  FROM recorded_activations r
  JOIN (
    SELECT activation_id FROM recorded_activations
    WHERE document_type = 'activation' AND NOT deleted
    GROUP BY activation_id HAVING count(*) > 1
  ) repeated ON repeated.activation_id = r.activation_id
  WHERE r.document_type = 'activation' AND NOT r.deleted
),
newest_documents AS (
  SELECT r.*
  FROM recorded_activations r
  LEFT JOIN repeated_documents p ON p.life = r.incarnation AND p.number = r.change_number
  WHERE r.document_type = 'activation' AND NOT r.deleted AND coalesce(p.age, 1) = 1
),
-- The event is the complete stream, so its figures count. It says 0 where the record has nothing: there the document
-- knows more.
joined AS (
  SELECT
    CASE
      WHEN d.change_number IS NULL THEN 'events'
      WHEN e.event_offset IS NULL THEN 'couchdb'
      ELSE 'both'
    END AS found_in,
    coalesce(e.activation_id, d.activation_id) AS activation_id,
    coalesce(e.namespace, d.namespace) AS namespace,
    coalesce(e.subject, d.subject) AS subject,
    coalesce(e.action, d.path, d.namespace || '/' || d.name) AS action,
    coalesce(e.kind, d.kind) AS kind,
    d.version,
    coalesce(e.status_code, d.status_code) AS status_code,
    coalesce(e.user_status_code, d.user_status_code) AS user_status_code,
    CASE
      WHEN e.wait_ms = 0 AND d.change_number IS NOT NULL THEN d.wait_ms
      ELSE coalesce(e.wait_ms, d.wait_ms)
    END AS wait_ms,
    coalesce(e.init_ms, d.init_ms, CASE WHEN d.duration_ms IS NOT NULL THEN 0 END) AS init_ms,
    d.init_ms IS NOT NULL OR coalesce(e.init_ms, 0) > 0 AS initialised,
    coalesce(e.duration_ms, d.duration_ms) AS duration_ms,
    d.timed_out,
    coalesce(nullif(e.memory_mb, 0), d.memory_mb) AS memory_mb,
    d.timeout_limit_ms,
    d.concurrency_limit,
    coalesce(e.caused_by, d.caused_by) AS caused_by,
    d.cause,
    coalesce(e.conductor, d.conductor) AS conductor,
    d.topmost,
    d.binding,
    e.event_source,
    d.component_ids,
    d.trigger_results,
    coalesce(e.response_chars, d.response_chars) AS response_chars,
    d.log_lines,
    e.event_time_ms,
    d.start_ms,
    d.end_ms,
    e.incarnation AS event_incarnation,
    e.partition AS event_partition,
    e.event_offset,
    coalesce(e.duplicates, 0) AS duplicates,
    -- Only triggers have neither path nor kind nor end.
    e.event_offset IS NULL AND d.path IS NULL AND d.kind IS NULL AND coalesce(d.end_ms, 0) = 0 AS is_trigger,
    CASE
      WHEN e.event_offset IS NOT NULL AND d.change_number IS NOT NULL THEN nullif(
        concat_ws(
          ', ',
          CASE WHEN e.namespace <> d.namespace THEN 'namespace' END,
          CASE WHEN e.subject <> d.subject THEN 'subject' END,
          CASE WHEN e.action <> d.path THEN 'action' END,
          CASE WHEN e.kind <> d.kind THEN 'kind' END,
          CASE WHEN e.status_code <> d.status_code THEN 'status_code' END,
          CASE WHEN e.duration_ms <> coalesce(d.duration_ms, 0) THEN 'duration_ms' END,
          CASE WHEN e.wait_ms <> coalesce(d.wait_ms, 0) THEN 'wait_ms' END,
          CASE WHEN e.init_ms <> coalesce(d.init_ms, 0) THEN 'init_ms' END,
          CASE WHEN e.memory_mb <> coalesce(d.memory_mb, 0) THEN 'memory_mb' END,
          CASE WHEN coalesce(e.caused_by, '') <> coalesce(d.caused_by, '') THEN 'caused_by' END,
          CASE WHEN coalesce(e.conductor, false) <> coalesce(d.conductor, false) THEN 'conductor' END,
          CASE WHEN e.response_chars <> d.response_chars THEN 'response_chars' END
        ),
        ''
      )
    END AS disagrees,
    -- Anybody can send any number; what is derived takes those that a sum of a few cannot carry out of 64 bits.
    CASE WHEN e.event_time_ms BETWEEN -62135596800000 AND 253402300799999 THEN e.event_time_ms END AS event_ms,
    CASE WHEN d.start_ms BETWEEN -62135596800000 AND 253402300799999 THEN d.start_ms END AS stored_start_ms,
    CASE WHEN d.end_ms BETWEEN 1 AND 253402300799999 THEN d.end_ms END AS stored_end_ms
  FROM first_events e
  FULL OUTER JOIN newest_documents d ON e.activation_id = d.activation_id
),
-- How long after the end of an activation its event is made: log collection, mostly. Not taken from joined, which
-- would be made twice then, and this is not made at all where nobody asks for an estimate.
median_lag AS (
  SELECT CAST(round(percentile_cont(0.5) WITHIN GROUP (ORDER BY lag_ms)) AS BIGINT) AS ms
  FROM (
    -- Once for each activation, however often its event was sent or its document changed.
    SELECT min(e.event_time_ms) - max(d.end_ms) AS lag_ms
    FROM recorded_events e
    JOIN recorded_activations d ON d.activation_id = e.activation_id
    WHERE e.body_type = 'activation' AND d.document_type = 'activation' AND NOT d.deleted
      AND e.event_time_ms BETWEEN -62135596800000 AND 253402300799999
      AND d.end_ms BETWEEN 1 AND 253402300799999
    GROUP BY e.activation_id
  ) lags
),
-- What is known of an action from any of its documents helps where only the event is there.
action_limits AS (
  SELECT path, max(timeout_limit_ms) AS timeout_limit_ms, max(concurrency_limit) AS concurrency_limit
  FROM recorded_activations
  WHERE path IS NOT NULL
  GROUP BY path
),
classified AS (
  SELECT
    j.*,
    CASE
      WHEN j.namespace = 'whisk.system'
        AND (j.action LIKE 'whisk.system/invokerHealthTestAction%' OR j.action = 'whisk.system/warmUp') THEN 'probe'
      WHEN j.is_trigger THEN 'trigger'
      WHEN j.conductor THEN 'composition'
      WHEN j.kind = 'sequence' THEN 'sequence'
      WHEN j.caused_by = 'sequence' THEN 'component'
      ELSE 'single'
    END AS class,
    CASE WHEN NOT j.is_trigger THEN j.initialised END AS is_cold,
    NOT j.initialised AND coalesce(j.duration_ms = 0 AND j.init_ms = 0 AND j.status_code >= 2, false) AS never_ran,
    CASE WHEN j.duration_ms BETWEEN -62135596800000 AND 253402300799999 THEN j.duration_ms END AS d_ms,
    CASE WHEN j.init_ms BETWEEN -62135596800000 AND 253402300799999 THEN j.init_ms END AS i_ms,
    CASE WHEN j.wait_ms BETWEEN -62135596800000 AND 253402300799999 THEN j.wait_ms END AS w_ms,
    j.event_ms - j.stored_end_ms AS lag_ms,
    CASE WHEN NOT j.is_trigger THEN coalesce(j.stored_end_ms, j.event_ms - coalesce((SELECT ms FROM median_lag), 0)) END AS end_est_ms,
    coalesce(j.timeout_limit_ms, a.timeout_limit_ms) AS known_timeout_ms,
    coalesce(j.concurrency_limit, a.concurrency_limit) AS known_concurrency
  FROM joined j
  LEFT JOIN action_limits a ON a.path = j.action
),
placed AS (
  SELECT
    c.*,
    d_ms - i_ms AS run_ms,
    CASE
      WHEN is_trigger THEN stored_start_ms
      WHEN class IN ('sequence', 'composition') AND stored_start_ms IS NOT NULL THEN stored_start_ms
      ELSE end_est_ms - d_ms
    END AS start_est_ms,
    CASE
      WHEN is_trigger THEN stored_start_ms
      WHEN class IN ('sequence', 'composition') AND stored_start_ms IS NOT NULL THEN stored_start_ms - w_ms
      ELSE end_est_ms - d_ms - w_ms
    END AS arrive_est_ms,
    CASE
      WHEN is_trigger THEN NULL
      WHEN status_code <> 0 AND duration_ms = 0 AND NOT initialised
        AND (wait_ms IS NULL OR wait_ms = 0 AND found_in = 'events') THEN 'not_measured'
      WHEN duration_ms IS NULL OR init_ms IS NULL THEN 'no_duration'
      WHEN wait_ms IS NULL THEN 'no_wait'
      WHEN duration_ms < 0 OR init_ms < 0 THEN 'negative_duration'
      WHEN init_ms > duration_ms THEN 'bad_init'
      WHEN duration_ms > 86400000 THEN 'absurd_duration'
      WHEN wait_ms < 0 THEN 'negative_wait'
      WHEN wait_ms > 3600000 THEN 'absurd_wait'
      WHEN stored_end_ms IS NULL AND event_ms IS NULL THEN 'no_end'
    END AS quality,
    CASE WHEN event_source LIKE 'invoker%' THEN event_source END AS invoker,
    class IN ('single', 'component') AS is_run
  FROM classified c
)
SELECT
  found_in,
  activation_id,
  namespace,
  subject,
  action,
  CASE WHEN action LIKE '%/%' THEN split_part(action, '/', 1) END AS owner,
  CASE WHEN action LIKE '%/%/%' THEN split_part(action, '/', 2) END AS package,
  split_part(action, '/', -1) AS action_name,
  kind,
  version,
  class,
  status_code,
  user_status_code,
  wait_ms,
  init_ms,
  duration_ms,
  run_ms,
  w_ms + d_ms AS response_ms,
  is_cold,
  never_ran,
  CASE
    WHEN timed_out IS NOT NULL THEN timed_out
    WHEN class NOT IN ('single', 'component', 'probe') THEN NULL
    WHEN status_code = 0 THEN false
    WHEN run_ms >= known_timeout_ms OR run_ms = 0 AND i_ms >= known_timeout_ms THEN nullif(status_code = 2, false)
    WHEN run_ms < known_timeout_ms THEN false
  END AS timed_out,
  memory_mb,
  timeout_limit_ms,
  concurrency_limit,
  CASE
    WHEN class IN ('single', 'component', 'probe') THEN CAST(memory_mb AS DOUBLE) / 1024 * duration_ms / 1000
  END AS gb_s_reserved,
  caused_by,
  cause,
  conductor,
  topmost,
  binding,
  invoker,
  event_source,
  component_ids,
  trigger_results,
  response_chars,
  log_lines,
  event_time_ms,
  start_ms,
  end_ms,
  lag_ms,
  end_est_ms,
  start_est_ms,
  arrive_est_ms,
  CASE
    WHEN end_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(end_est_ms / 1000.0)
  END AS end_est,
  CASE
    WHEN start_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(start_est_ms / 1000.0)
  END AS start_est,
  CASE
    WHEN arrive_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(arrive_est_ms / 1000.0)
  END AS arrive_est,
  -- A container belongs to one action and one invoking namespace. If the last one is still running this is negative.
  CASE
    WHEN is_run THEN arrive_est_ms - max(CASE WHEN is_run AND NOT never_ran THEN end_est_ms END) OVER (
      PARTITION BY namespace, action
      ORDER BY arrive_est_ms NULLS LAST, activation_id, event_partition, event_offset
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
  END AS gap_ms,
  CASE
    WHEN is_run AND invoker IS NOT NULL THEN
      arrive_est_ms - max(CASE WHEN is_run AND NOT never_ran THEN end_est_ms END) OVER (
        PARTITION BY namespace, action, invoker
        ORDER BY arrive_est_ms NULLS LAST, activation_id, event_partition, event_offset
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
  END AS gap_on_invoker_ms,
  -- An initialisation that began before this run, and ended after this call had come.
  CASE
    WHEN NOT is_run OR invoker IS NULL THEN NULL
    WHEN is_cold OR never_ran THEN false
    WHEN known_concurrency > 1 THEN
      coalesce(
        arrive_est_ms < max(CASE WHEN is_cold THEN start_est_ms + i_ms END) OVER (
          PARTITION BY namespace, action, invoker
          ORDER BY start_est_ms NULLS LAST, is_cold DESC, activation_id, event_partition, event_offset
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        false
      )
    WHEN known_concurrency <= 1 THEN false
  END AS overlaps_init,
  CASE WHEN class IN ('sequence', 'composition') THEN stored_end_ms - stored_start_ms END AS wall_ms,
  duplicates,
  event_incarnation,
  event_partition,
  event_offset,
  disagrees,
  quality,
  is_run AND quality IS NULL AND NOT never_ran AS in_base_set
FROM placed;
