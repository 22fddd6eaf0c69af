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

-- message_texts: the text of each message whose value is kept as a shape (docs/format.md); null where value holds the bytes.
CREATE OR REPLACE TEMPORARY VIEW message_texts AS
SELECT
  e.incarnation, e.partition, e.offset, e.kafka_timestamp_ms, e.value,
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(e.shape
    , chr(26) || 'event_type' || chr(26), coalesce(event_type, ''))
    , chr(26) || 'event_source' || chr(26), coalesce(event_source, ''))
    , chr(26) || 'subject' || chr(26), coalesce(subject, ''))
    , chr(26) || 'namespace' || chr(26), coalesce(namespace, ''))
    , chr(26) || 'user_id' || chr(26), coalesce(user_id, ''))
    , chr(26) || 'event_time_ms' || chr(26), coalesce(CAST(event_time_ms AS STRING), ''))
    , chr(26) || 'action' || chr(26), coalesce(action, ''))
    , chr(26) || 'activation_id' || chr(26), coalesce(activation_id, ''))
    , chr(26) || 'status_code' || chr(26), coalesce(CAST(status_code AS STRING), ''))
    , chr(26) || 'duration_ms' || chr(26), coalesce(CAST(duration_ms AS STRING), ''))
    , chr(26) || 'wait_ms' || chr(26), coalesce(CAST(wait_ms AS STRING), ''))
    , chr(26) || 'init_ms' || chr(26), coalesce(CAST(init_ms AS STRING), ''))
    , chr(26) || 'kind' || chr(26), coalesce(kind, ''))
    , chr(26) || 'conductor' || chr(26), coalesce(CAST(conductor AS STRING), ''))
    , chr(26) || 'memory_mb' || chr(26), coalesce(CAST(memory_mb AS STRING), ''))
    , chr(26) || 'caused_by' || chr(26), coalesce(caused_by, ''))
    , chr(26) || 'response_chars' || chr(26), coalesce(CAST(response_chars AS STRING), ''))
    , chr(26) || 'user_status_code' || chr(26), coalesce(CAST(user_status_code AS STRING), ''))
    , chr(26) || 'metric_name' || chr(26), coalesce(metric_name, ''))
    , chr(26) || 'metric_value' || chr(26), coalesce(CAST(metric_value AS STRING), '')) AS text
FROM events e;

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

-- suspected_events: numbers that stand for the activation ids of several events. Numbers find what is repeated sooner than texts, but
-- two ids may have the same one. Few rows. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW suspected_events AS
SELECT hash(activation_id) AS id_hash FROM recorded_events
WHERE body_type = 'activation' AND activation_id IS NOT NULL
GROUP BY hash(activation_id) HAVING count(*) > 1;

-- repeated_events: the events of those activations of which producers sent several. Few rows. Reports make it once.
--   life, place, number  incarnation, partition and offset
--   duplicates           how many more there are
--   nth                  1 for the first, which counts
CREATE OR REPLACE TEMPORARY VIEW repeated_events AS
SELECT life, place, number, duplicates, nth
FROM (
  SELECT
    e.incarnation AS life,
    e.partition AS place,
    e.offset AS number,
    count(*) OVER (PARTITION BY e.activation_id) - 1 AS duplicates,
    row_number() OVER (PARTITION BY e.activation_id ORDER BY e.incarnation, e.partition, e.offset) AS nth
  FROM recorded_events e
  JOIN suspected_events suspected ON suspected.id_hash = hash(e.activation_id)
  WHERE e.body_type = 'activation' AND e.activation_id IS NOT NULL
) suspects
WHERE duplicates > 0;

-- suspected_records: the same of documents. Few rows. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW suspected_records AS
SELECT hash(activation_id) AS id_hash FROM recorded_activations
WHERE document_type = 'activation' AND NOT deleted AND activation_id IS NOT NULL
GROUP BY hash(activation_id) HAVING count(*) > 1;

-- repeated_records: as repeated_events, of documents, whose newest counts. As in the view activations, but one for each activation id,
-- also where two documents claim the same. Few rows. Reports make it once.
--   life, number  incarnation and change_number
--   age           1 for the newest
CREATE OR REPLACE TEMPORARY VIEW repeated_records AS
SELECT life, number, age
FROM (
  SELECT
    r.incarnation AS life,
    r.change_number AS number,
    count(*) OVER (PARTITION BY r.activation_id) AS records,
    row_number() OVER (PARTITION BY r.activation_id ORDER BY r.incarnation DESC, r.change_number DESC) AS age
  FROM recorded_activations r
  JOIN suspected_records suspected ON suspected.id_hash = hash(r.activation_id)
  WHERE r.document_type = 'activation' AND NOT r.deleted AND r.activation_id IS NOT NULL
) suspects
WHERE records > 1;

-- recorded_limits: what is known of an action from any of its documents, which helps where only the event is there.
-- Few rows. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW recorded_limits AS
SELECT path, max(timeout_limit_ms) AS timeout_limit_ms, max(concurrency_limit) AS concurrency_limit
FROM recorded_activations
WHERE path IS NOT NULL
GROUP BY path;

-- recorded_rules: what became of the rules of each trigger that fired. Lists are slow to carry through the join of all calls.
-- Reports make it once.
--   fired_id, number  activation_id and change_number of the document
--   results           the list as the text of its JSON
--   age               1 for the newest life of the database in which there is one
CREATE OR REPLACE TEMPORARY VIEW recorded_rules AS
SELECT
  activation_id AS fired_id,
  change_number AS number,
  to_json(trigger_results) AS results,
  row_number() OVER (PARTITION BY activation_id, change_number ORDER BY incarnation DESC) AS age
FROM recorded_activations
WHERE trigger_results IS NOT NULL AND document_type = 'activation' AND NOT deleted;

-- plain_invocations: what invocations has but for its times, which are estimated from all rows, and what looks at other rows.
-- Each of its rows is made of one event and one document at most. Reports make it once, piece by piece.
CREATE OR REPLACE TEMPORARY VIEW plain_invocations AS
WITH
first_events AS (
  SELECT e.*, e.offset AS event_offset, coalesce(p.duplicates, 0) AS duplicates
  FROM recorded_events e
  LEFT JOIN repeated_events p ON p.life = e.incarnation AND p.place = e.partition AND p.number = e.offset
  WHERE e.body_type = 'activation' AND coalesce(p.nth, 1) = 1
),
newest_documents AS (
  SELECT r.*
  FROM recorded_activations r
  LEFT JOIN repeated_records p ON p.life = r.incarnation AND p.number = r.change_number
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
    d.change_number,
    coalesce(e.duplicates, 0) AS duplicates,
    -- Only triggers have neither path nor kind nor end.
    e.event_offset IS NULL AND d.path IS NULL AND d.kind IS NULL AND coalesce(d.end_ms, 0) = 0 AS is_trigger,
    CASE
      WHEN e.event_offset IS NULL OR d.change_number IS NULL THEN NULL
      -- Texts are put together only where there is something to name, which is rare.
      WHEN e.namespace <> d.namespace
        OR e.subject <> d.subject
        OR e.action <> d.path
        OR e.kind <> d.kind
        OR e.status_code <> d.status_code
        OR e.duration_ms <> coalesce(d.duration_ms, 0)
        OR e.wait_ms <> coalesce(d.wait_ms, 0)
        OR e.init_ms <> coalesce(d.init_ms, 0)
        OR e.memory_mb <> coalesce(d.memory_mb, 0)
        OR coalesce(e.caused_by, '') <> coalesce(d.caused_by, '')
        OR coalesce(e.conductor, false) <> coalesce(d.conductor, false)
        OR e.response_chars <> d.response_chars THEN
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
        )
    END AS disagrees,
    -- Anybody can send any number; what is derived takes those that a sum of a few cannot carry out of 64 bits.
    CASE WHEN e.event_time_ms BETWEEN -62135596800000 AND 253402300799999 THEN e.event_time_ms END AS event_ms,
    CASE WHEN d.start_ms BETWEEN -62135596800000 AND 253402300799999 THEN d.start_ms END AS stored_start_ms,
    CASE WHEN d.end_ms BETWEEN 1 AND 253402300799999 THEN d.end_ms END AS stored_end_ms
  FROM first_events e
  FULL OUTER JOIN newest_documents d ON e.activation_id = d.activation_id
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
    coalesce(j.timeout_limit_ms, a.timeout_limit_ms) AS known_timeout_ms,
    coalesce(j.concurrency_limit, a.concurrency_limit) AS known_concurrency
  FROM joined j
  LEFT JOIN recorded_limits a ON a.path = j.action
),
placed AS (
  SELECT
    c.*,
    d_ms - i_ms AS run_ms,
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
  known_concurrency > 1 AS shares_containers,
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
  CASE WHEN class IN ('sequence', 'composition') THEN stored_end_ms - stored_start_ms END AS wall_ms,
  duplicates,
  event_incarnation,
  event_partition,
  event_offset,
  change_number,
  disagrees,
  quality,
  is_run AND quality IS NULL AND NOT never_ran AS in_base_set,
  CASE WHEN NOT is_trigger THEN event_ms END AS made_ms,
  CASE WHEN NOT is_trigger THEN stored_end_ms END AS known_end_ms,
  CASE WHEN is_trigger OR class IN ('sequence', 'composition') THEN stored_start_ms END AS known_start_ms,
  CASE WHEN is_trigger THEN 0 ELSE w_ms END AS before_start_ms,
  d_ms AS before_end_ms
FROM placed;

-- median_lag: how long after the end of an activation its event is made, of all that have both: log collection, mostly.
-- One row. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW median_lag AS
SELECT CAST(round(percentile_cont(0.5) WITHIN GROUP (ORDER BY lag_ms)) AS BIGINT) AS ms FROM plain_invocations;

-- timed_invocations: plain_invocations with its times. Adds columns to plain_invocations.
CREATE OR REPLACE TEMPORARY VIEW timed_invocations AS
WITH ended AS (
  SELECT p.*, coalesce(known_end_ms, made_ms - coalesce((SELECT ms FROM median_lag), 0)) AS end_est_ms
  FROM plain_invocations p
),
started AS (
  SELECT *, coalesce(known_start_ms, end_est_ms - before_end_ms) AS start_est_ms FROM ended
),
arrived AS (
  SELECT *, start_est_ms - before_start_ms AS arrive_est_ms FROM started
)
SELECT
  a.*,
  CASE
    WHEN end_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(end_est_ms / 1000.0)
  END AS end_est,
  CASE
    WHEN start_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(start_est_ms / 1000.0)
  END AS start_est,
  CASE
    WHEN arrive_est_ms BETWEEN -62135596800000 AND 253402300799999 THEN to_timestamp(arrive_est_ms / 1000.0)
  END AS arrive_est
FROM arrived a;

-- invocations: one row for each activation, from its event, its document, or both. Adds columns to timed_invocations.
-- Reports make these once, beside the others.
CREATE OR REPLACE TEMPORARY VIEW invocations AS
SELECT
  a.*,
  -- A container belongs to one action and one invoking namespace. If the last one is still running this is negative.
  CASE
    WHEN class IN ('single', 'component') THEN
      arrive_est_ms - max(CASE WHEN class IN ('single', 'component') AND NOT never_ran THEN end_est_ms END) OVER (
        PARTITION BY namespace, action
        ORDER BY
          arrive_est_ms NULLS LAST, event_incarnation NULLS LAST, event_partition NULLS LAST, event_offset NULLS LAST,
          change_number NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
  END AS gap_ms,
  CASE
    WHEN class IN ('single', 'component') AND invoker IS NOT NULL THEN
      arrive_est_ms - max(CASE WHEN class IN ('single', 'component') AND NOT never_ran THEN end_est_ms END) OVER (
        PARTITION BY namespace, action, invoker
        ORDER BY
          arrive_est_ms NULLS LAST, event_incarnation NULLS LAST, event_partition NULLS LAST, event_offset NULLS LAST,
          change_number NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      )
  END AS gap_on_invoker_ms,
  -- An initialisation that began before this run, and ended after this call had come.
  CASE
    WHEN class NOT IN ('single', 'component') OR invoker IS NULL THEN NULL
    WHEN is_cold OR never_ran THEN false
    WHEN shares_containers THEN
      coalesce(
        arrive_est_ms < max(
          CASE WHEN is_cold AND init_ms BETWEEN 0 AND 253402300799999 THEN start_est_ms + init_ms END
        ) OVER (
          PARTITION BY namespace, action, invoker
          ORDER BY
            start_est_ms NULLS LAST, is_cold DESC, event_incarnation NULLS LAST, event_partition NULLS LAST,
            event_offset NULLS LAST, change_number NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        false
      )
    WHEN NOT shares_containers THEN false
  END AS overlaps_init
FROM timed_invocations a;

-- time_limits: how long runs of an action may take. Where no document tells, five failures or more that ended at the same run time
-- do: is_known is false there. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW time_limits AS
WITH runs AS (
  SELECT
    action,
    max(timeout_limit_ms) AS known_ms,
    count(CASE WHEN status_code = 2 AND run_ms >= 100 THEN 1 END) AS failures,
    min(CASE WHEN status_code = 2 AND run_ms >= 100 THEN run_ms END) AS first_ms,
    max(CASE WHEN status_code = 2 AND run_ms >= 100 THEN run_ms END) AS last_ms
  FROM invocations
  WHERE in_base_set
  GROUP BY action
)
SELECT
  action,
  coalesce(known_ms, CAST(floor(first_ms / 100.0) * 100 AS BIGINT)) AS limit_ms,
  known_ms IS NOT NULL AS is_known
FROM runs
WHERE known_ms IS NOT NULL OR failures >= 5 AND last_ms - first_ms <= greatest(20, 0.01 * first_ms);

-- usual_waits: what a call waits on an invoker when nothing is in its way: the lower quartile of its warm calls, which is still
-- right where every second call waits for something. Where nearly all do, it is that of all invokers. The row with an empty
-- invoker is for calls of which nobody knows where they ran. Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW usual_waits AS
WITH warm AS (
  SELECT coalesce(invoker, '') AS invoker, wait_ms
  FROM invocations
  WHERE in_base_set AND NOT is_cold
),
everywhere AS (
  SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY wait_ms) AS wait_ms FROM warm
)
SELECT
  w.invoker,
  least(percentile_cont(0.25) WITHIN GROUP (ORDER BY w.wait_ms), max(e.wait_ms) + 50) AS usual_wait_ms
FROM warm w
CROSS JOIN everywhere e
WHERE w.invoker <> ''
GROUP BY w.invoker
UNION ALL
SELECT '', coalesce(wait_ms, 0) FROM everywhere;

-- invoker_seconds: each second in which something began or ended on an invoker.
--   starts        calls of the base set whose container was taken in it
--   taken_mb      memory limits of the containers at work, on average over the second
--   first_start_ms, silent_ms  when the first of them began, and for how long nothing had been at work there before
-- A new container is at work from when it is made. What that takes is not in the data: here the lower quartile of cold waits.
-- Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW invoker_seconds AS
WITH creation AS (
  SELECT coalesce(percentile_cont(0.25) WITHIN GROUP (ORDER BY wait_ms), 0) AS ms
  FROM invocations
  WHERE in_base_set AND is_cold AND wait_ms > 50
),
work AS (
  SELECT
    invoker,
    CAST(memory_mb AS DOUBLE) AS memory_mb,
    CASE WHEN is_cold THEN start_est_ms - CAST(round(least(wait_ms, ms)) AS BIGINT) ELSE start_est_ms END AS start_ms,
    end_est_ms AS end_ms
  FROM invocations
  CROSS JOIN creation
  WHERE in_base_set AND invoker IS NOT NULL
),
moves AS (
  SELECT
    invoker,
    CAST(floor(start_ms / 1000.0) AS BIGINT) AS second,
    memory_mb AS mb,
    memory_mb * (1 - (start_ms / 1000.0 - floor(start_ms / 1000.0))) AS mb_within,
    1 AS starts,
    start_ms,
    end_ms
  FROM work
  UNION ALL
  SELECT
    invoker,
    CAST(floor(end_ms / 1000.0) AS BIGINT),
    -memory_mb,
    -memory_mb * (1 - (end_ms / 1000.0 - floor(end_ms / 1000.0))),
    0,
    NULL,
    NULL
  FROM work
),
seconds AS (
  SELECT
    invoker,
    second,
    sum(starts) AS starts,
    sum(mb) AS mb,
    sum(mb_within) AS mb_within,
    min(start_ms) AS first_start_ms,
    max(end_ms) AS last_end_ms
  FROM moves
  GROUP BY invoker, second
)
SELECT
  invoker,
  second,
  starts,
  mb_within + coalesce(sum(mb) OVER before, 0) AS taken_mb,
  first_start_ms,
  first_start_ms - max(last_end_ms) OVER before AS silent_ms
FROM seconds
WINDOW before AS (PARTITION BY invoker ORDER BY second ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- delays: each call of the base set that began cold or waited longer than usual, and where its time went. What it lost is
-- cold_ms + queued_ms. A call that began as it should has no row here.
--   cold_ms      making the container, and initialising it; 0 where the call was warm
--   cold_reason  first (none of its namespace and action ran on this invoker before), expired (none in ten minutes), busy (one
--                was still running), evicted (another action got a container there meanwhile), gone (none of these)
--   evicted_by   the action that did so last; is_thrash where each of the two evicts the other
--                although nothing waits for room
--   queued_ms    waiting that is not making a container
--   queued_for   room (the memory of the invoker was taken), silent invoker (nothing ran there for five seconds, or those before it
--                in line had waited for that), paused container (unused for ten seconds), initialisation (of the container that
--                the call shares), unknown
--   line         number of the line on that invoker in which it stood, alone or with others
-- Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW delays AS
WITH late AS (
  SELECT
    i.activation_id,
    i.invoker,
    i.namespace,
    i.action,
    i.is_cold,
    i.init_ms,
    i.arrive_est_ms,
    i.start_est_ms,
    CASE WHEN i.invoker IS NULL THEN i.gap_ms ELSE i.gap_on_invoker_ms END AS unused_ms,
    coalesce(i.overlaps_init, false) AS overlaps_init,
    greatest(0, i.wait_ms - coalesce(u.usual_wait_ms, e.usual_wait_ms)) AS late_ms,
    row_number() OVER (
      PARTITION BY i.invoker
      ORDER BY i.arrive_est_ms, i.activation_id, i.event_partition, i.event_offset
    ) AS number
  FROM invocations i
  CROSS JOIN (SELECT usual_wait_ms FROM usual_waits WHERE invoker = '') e
  LEFT JOIN usual_waits u ON u.invoker = i.invoker
  WHERE i.in_base_set
    AND (i.is_cold OR i.wait_ms > greatest(50, 10 * coalesce(u.usual_wait_ms, e.usual_wait_ms)))
),
ordered AS (
  SELECT
    *,
    -- A call that comes while an earlier one still waits on the same invoker stands in the same line.
    coalesce(arrive_est_ms > max(start_est_ms) OVER earlier, true) AS is_first_in_line,
    lag(namespace) OVER same_start AS before_namespace,
    lag(action) OVER same_start AS before_action,
    lag(start_est_ms) OVER same_start AS before_ms
  FROM late
  WINDOW
    earlier AS (PARTITION BY invoker ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    same_start AS (PARTITION BY invoker, is_cold ORDER BY start_est_ms, number)
),
-- What making a container takes, from those before which nobody stood in line. Prewarmed ones are not made.
creation AS (
  SELECT coalesce(
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN is_first_in_line THEN late_ms END),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY late_ms)
  ) AS creation_ms
  FROM ordered
  WHERE is_cold AND late_ms > 50
),
silences AS (
  SELECT invoker, first_start_ms - silent_ms AS from_ms, first_start_ms AS until_ms
  FROM invoker_seconds
  WHERE silent_ms >= 5000
),
silenced AS (
  SELECT o.invoker, o.number, min(s.from_ms) AS silent_from_ms, max(s.until_ms - s.from_ms) AS silent_ms
  FROM ordered o
  JOIN silences s ON s.invoker = o.invoker AND o.arrive_est_ms < s.until_ms AND o.start_est_ms > s.from_ms
  WHERE least(o.start_est_ms, s.until_ms) - greatest(o.arrive_est_ms, s.from_ms) >= 5000
  GROUP BY o.invoker, o.number
),
-- Nobody says how much memory an invoker has for containers; it is not less than what they took.
fullest AS (
  SELECT invoker, nullif(percentile_cont(0.99) WITHIN GROUP (ORDER BY taken_mb), 0) AS full_mb
  FROM invoker_seconds
  GROUP BY invoker
),
lined AS (
  SELECT
    o.*,
    c.creation_ms,
    s.silent_from_ms,
    s.silent_ms,
    -- If another one is busy, nobody knows how long this one has been unused.
    NOT o.is_cold AND NOT o.overlaps_init AND o.late_ms <= 1000 AND o.unused_ms NOT BETWEEN 0 AND 9999 AS is_paused,
    i.taken_mb / f.full_mb AS fill,
    CASE
      WHEN o.is_cold AND o.unused_ms BETWEEN 0 AND 599999
        AND (o.before_namespace <> o.namespace OR o.before_action <> o.action)
        AND o.before_ms > o.arrive_est_ms - o.unused_ms THEN o.before_action
    END AS evicted_by,
    sum(CASE WHEN o.is_first_in_line THEN 1 ELSE 0 END) OVER (PARTITION BY o.invoker ORDER BY o.number) AS line
  FROM ordered o
  CROSS JOIN creation c
  LEFT JOIN silenced s ON s.invoker = o.invoker AND s.number = o.number
  LEFT JOIN fullest f ON f.invoker = o.invoker
  LEFT JOIN invoker_seconds i
    ON i.invoker = o.invoker AND i.second = CAST(floor(o.start_est_ms / 1000.0) AS BIGINT)
),
judged AS (
  SELECT
    *,
    -- Those who come later stand in line behind those who waited all the time.
    coalesce(
      arrive_est_ms >= min(silent_from_ms) OVER one_line AND late_ms <= 2 * max(silent_ms) OVER one_line,
      false
    ) AS is_silenced,
    -- Even warm calls wait where there is no room, and much of the memory is taken; where only cold ones do, making containers
    -- is slow.
    max(CASE WHEN NOT is_cold AND NOT is_paused AND NOT overlaps_init THEN 1 ELSE 0 END) OVER one_line = 1
      AND avg(fill) OVER one_line >= 0.5 AS is_full,
    min(CASE WHEN evicted_by IS NOT NULL THEN action END) OVER pair
      <> max(CASE WHEN evicted_by IS NOT NULL THEN action END) OVER pair AS is_mutual
  FROM lined
  WINDOW
    one_line AS (PARTITION BY invoker, line),
    pair AS (PARTITION BY invoker, least(action, evicted_by), greatest(action, evicted_by))
)
SELECT
  invoker,
  namespace,
  action,
  is_cold,
  arrive_est_ms,
  start_est_ms,
  late_ms,
  CASE
    WHEN NOT is_cold THEN 0
    WHEN is_silenced OR is_full THEN least(late_ms, creation_ms) + init_ms
    ELSE late_ms + init_ms
  END AS cold_ms,
  CASE
    WHEN NOT is_cold THEN NULL
    WHEN unused_ms IS NULL THEN 'first'
    WHEN unused_ms < 0 THEN 'busy'
    WHEN unused_ms >= 600000 THEN 'expired'
    WHEN evicted_by IS NOT NULL THEN 'evicted'
    ELSE 'gone'
  END AS cold_reason,
  evicted_by,
  evicted_by IS NOT NULL AND coalesce(is_mutual AND NOT is_full AND NOT is_silenced, false) AS is_thrash,
  CASE
    WHEN NOT is_cold THEN late_ms
    WHEN is_silenced OR is_full THEN greatest(0, late_ms - creation_ms)
    ELSE 0
  END AS queued_ms,
  CASE
    WHEN is_silenced THEN 'silent invoker'
    WHEN is_full THEN 'room'
    WHEN is_cold THEN NULL
    WHEN overlaps_init THEN 'initialisation'
    WHEN is_paused THEN 'paused container'
    ELSE 'unknown'
  END AS queued_for,
  line
FROM judged;

-- neighbour_seconds: the seconds in which one namespace had work on an invoker that it shares with others; only of the three that
-- keep it busiest, and only where they do not do so all the time, since others are compared with and without them.
-- Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW neighbour_seconds AS
WITH work AS (
  SELECT
    invoker,
    namespace,
    duration_ms,
    CAST(floor((CASE WHEN is_cold THEN arrive_est_ms ELSE start_est_ms END) / 1000.0) AS BIGINT) AS first_second,
    CAST(floor(end_est_ms / 1000.0) AS BIGINT) AS last_second
  FROM invocations
  WHERE in_base_set AND invoker IS NOT NULL
),
starts AS (
  SELECT invoker, namespace, first_second AS second, count(*) AS starts, sum(duration_ms) AS busy_ms
  FROM work
  GROUP BY invoker, namespace, first_second
),
ranked AS (
  SELECT
    s.invoker,
    s.namespace,
    row_number() OVER (PARTITION BY s.invoker ORDER BY sum(s.busy_ms) DESC, s.namespace) AS place,
    count(*) OVER (PARTITION BY s.invoker) AS namespaces,
    count(*) AS seconds
  FROM starts s
  GROUP BY s.invoker, s.namespace
),
candidates AS (
  SELECT r.invoker, r.namespace
  FROM ranked r
  JOIN (SELECT invoker, count(*) AS seconds FROM invoker_seconds GROUP BY invoker) i ON i.invoker = r.invoker
  WHERE r.place <= 3 AND r.namespaces > 1 AND r.seconds < 0.9 * i.seconds
),
moves AS (
  SELECT m.invoker, m.namespace, m.second, sum(m.starts) AS starts, sum(m.starts) - sum(m.ends) AS more
  FROM (
    SELECT invoker, namespace, second, starts, 0 AS ends FROM starts
    UNION ALL
    SELECT invoker, namespace, last_second, 0, count(*) FROM work GROUP BY invoker, namespace, last_second
  ) m
  JOIN candidates c ON c.invoker = m.invoker AND c.namespace = m.namespace
  GROUP BY m.invoker, m.namespace, m.second
),
work_by_second AS (
  SELECT
    c.invoker,
    c.namespace,
    s.second,
    coalesce(m.starts, 0) + coalesce(
      sum(m.more) OVER (
        PARTITION BY c.invoker, c.namespace ORDER BY s.second ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      0
    ) AS running
  FROM candidates c
  JOIN invoker_seconds s ON s.invoker = c.invoker
  LEFT JOIN moves m ON m.invoker = c.invoker AND m.namespace = c.namespace AND m.second = s.second
)
SELECT invoker, namespace, second FROM work_by_second WHERE running > 0;

-- neighbours: how much longer the runs of all others on an invoker take while a namespace of neighbour_seconds is at work there.
--   n, run_ms     calls of others that began then, and their run time
--   expected_ms   what those would have taken at the mean of the same action in the same place at other times
--   excess_ms, excess_sd_ms  the difference, and its standard deviation
--   is_noisy      beyond chance (four standard deviations), a tenth at least, and the worst on its invoker
-- Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW neighbours AS
WITH runs AS (
  SELECT
    invoker,
    namespace,
    action,
    class,
    status_code,
    run_ms,
    CAST(floor(start_est_ms / 1000.0) AS BIGINT) AS second
  FROM invocations
  WHERE in_base_set AND invoker IS NOT NULL AND coalesce(NOT timed_out, true)
),
compared AS (
  SELECT
    c.invoker,
    c.namespace AS neighbour,
    r.namespace,
    r.action,
    r.class,
    r.status_code,
    count(s.second) AS n,
    sum(CASE WHEN s.second IS NOT NULL THEN run_ms END) AS run_ms,
    var_samp(CASE WHEN s.second IS NOT NULL THEN run_ms END) AS run_var,
    count(*) - count(s.second) AS quiet_n,
    avg(CASE WHEN s.second IS NULL THEN run_ms END) AS quiet_ms,
    var_samp(CASE WHEN s.second IS NULL THEN run_ms END) AS quiet_var
  FROM (SELECT DISTINCT invoker, namespace FROM neighbour_seconds) c
  JOIN runs r ON r.invoker = c.invoker AND r.namespace <> c.namespace
  LEFT JOIN neighbour_seconds s ON s.invoker = c.invoker AND s.namespace = c.namespace AND s.second = r.second
  GROUP BY c.invoker, c.namespace, r.namespace, r.action, r.class, r.status_code
),
summed AS (
  SELECT
    invoker,
    neighbour AS namespace,
    sum(n) AS n,
    sum(run_ms) AS run_ms,
    sum(n * quiet_ms) AS expected_ms,
    sum(run_ms - n * quiet_ms) AS excess_ms,
    sqrt(sum(n * run_var + n * n * quiet_var / quiet_n)) AS excess_sd_ms
  FROM compared
  WHERE n >= 10 AND quiet_n >= 10
  GROUP BY invoker, neighbour
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY invoker ORDER BY excess_ms DESC, namespace) AS place
  FROM summed
  WHERE expected_ms > 0 AND excess_ms > 4 * excess_sd_ms AND excess_ms > 0.1 * expected_ms
)
SELECT
  s.invoker,
  s.namespace,
  s.n,
  s.run_ms,
  s.expected_ms,
  s.excess_ms,
  s.excess_sd_ms,
  coalesce(r.place = 1, false) AS is_noisy
FROM summed s
LEFT JOIN ranked r ON r.invoker = s.invoker AND r.namespace = s.namespace;

-- run_times: how long runs take, by where they ran and as a part of what; without those that timed out.
--   sequence      the sequence or composition whose part they were, '' for none, '?' where only events were recorded
--   n, run_ms, run_ms_squared  how many, the sum of their run times, and of its squares; without the next ones
--   disturbed_n   how many ran while a noisy neighbour was at work
--   init_ms       sum of all their initialisations
-- Reports make it once.
CREATE OR REPLACE TEMPORARY VIEW run_times AS
WITH noisy AS (
  SELECT s.invoker, s.second
  FROM neighbour_seconds s
  JOIN neighbours n ON n.invoker = s.invoker AND n.namespace = s.namespace AND n.is_noisy
),
runs AS (
  SELECT
    i.invoker,
    i.action,
    CASE WHEN i.class = 'component' THEN coalesce(p.action, '?') ELSE '' END AS sequence,
    i.status_code,
    CAST(CASE WHEN noisy.second IS NULL THEN i.run_ms END AS DOUBLE) AS run_ms,
    i.init_ms
  FROM invocations i
  LEFT JOIN (SELECT activation_id, action FROM invocations WHERE class IN ('sequence', 'composition')) p
    ON p.activation_id = i.cause
  LEFT JOIN noisy ON noisy.invoker = i.invoker AND noisy.second = CAST(floor(i.start_est_ms / 1000.0) AS BIGINT)
  WHERE i.in_base_set AND coalesce(NOT i.timed_out, true)
)
SELECT
  invoker,
  action,
  sequence,
  status_code,
  count(run_ms) AS n,
  coalesce(sum(run_ms), 0) AS run_ms,
  coalesce(sum(run_ms * run_ms), 0) AS run_ms_squared,
  count(*) - count(run_ms) AS disturbed_n,
  sum(CAST(init_ms AS DOUBLE)) AS init_ms
FROM runs
GROUP BY invoker, action, sequence, status_code;

-- charted_calls: the pairs of namespace and action that charts draw by themselves, those with the most response time. All others are
-- drawn together, so that the number of points does not depend on the size of a recording.
--   place  1 for the most
CREATE OR REPLACE TEMPORARY VIEW charted_calls AS
SELECT namespace, action, place
FROM (
  SELECT
    namespace,
    action,
    row_number() OVER (ORDER BY sum(response_ms) DESC, namespace, action) AS place
  FROM invocations
  WHERE in_base_set AND namespace IS NOT NULL AND action IS NOT NULL
  GROUP BY namespace, action
) ranked
WHERE place <= 30;

-- charted_invokers: the same for invokers.
CREATE OR REPLACE TEMPORARY VIEW charted_invokers AS
SELECT invoker, place
FROM (
  SELECT invoker, row_number() OVER (ORDER BY sum(response_ms) DESC, invoker) AS place
  FROM invocations
  WHERE in_base_set AND invoker IS NOT NULL
  GROUP BY invoker
) ranked
WHERE place <= 20;

-- charted_windows: the time of the base set cut into at most 600 windows of a round length. A few calls with absurd times would leave
-- nothing to see of the others: what is further from the middle 99 % of the calls than twenty times their length is left out.
--   number    from 0 on
--   at_ms     where it begins
--   first_ms  where the first one begins
--   width_ms  how long each is
--   windows   how many there are
CREATE OR REPLACE TEMPORARY VIEW charted_windows AS
WITH
minutes AS (
  SELECT
    floor(arrive_est_ms / 60000) AS minute,
    count(*) AS calls,
    min(arrive_est_ms) AS from_ms,
    max(end_est_ms) AS until_ms
  FROM invocations
  WHERE in_base_set
  GROUP BY floor(arrive_est_ms / 60000)
),
summed AS (
  SELECT
    from_ms,
    until_ms,
    sum(calls) OVER (ORDER BY minute) / CAST(sum(calls) OVER () AS DOUBLE) AS share_until,
    (sum(calls) OVER (ORDER BY minute) - calls) / CAST(sum(calls) OVER () AS DOUBLE) AS share_before
  FROM minutes
),
middle AS (
  SELECT
    min(from_ms) FILTER (WHERE share_until >= 0.005) AS from_ms,
    max(until_ms) FILTER (WHERE share_before <= 0.995) AS until_ms
  FROM summed
),
edges AS (
  SELECT min(s.from_ms) AS from_ms, max(s.until_ms) AS until_ms
  FROM summed s
  CROSS JOIN middle m
  WHERE s.from_ms >= m.from_ms - 20 * (m.until_ms - m.from_ms + 1) AND s.until_ms <= m.until_ms + 20 * (m.until_ms - m.from_ms + 1)
),
lengths AS (
  SELECT ms
  FROM (
    VALUES (100), (200), (500), (1000), (2000), (5000), (10000), (15000), (30000), (60000), (120000), (300000), (600000), (900000),
      (1800000), (3600000), (7200000), (14400000), (21600000), (43200000)
  ) AS round_lengths(ms)
),
measured AS (
  SELECT
    from_ms,
    until_ms,
    coalesce(
      min(ms) FILTER (WHERE ms >= (until_ms - from_ms) / 590e0),
      CAST(ceil((until_ms - from_ms) / 590e0 / 86400000) * 86400000 AS BIGINT)
    ) AS width_ms
  FROM edges
  CROSS JOIN lengths
  WHERE from_ms IS NOT NULL
  GROUP BY from_ms, until_ms
),
placed AS (
  SELECT
    width_ms,
    CAST(floor(from_ms / width_ms) * width_ms AS BIGINT) AS first_ms,
    CAST(floor(until_ms / width_ms) - floor(from_ms / width_ms) + 1 AS BIGINT) AS windows
  FROM measured
),
digits AS (
  SELECT digit FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ten(digit)
),
numbers AS (
  SELECT h.digit * 100 + t.digit * 10 + o.digit AS number FROM digits h CROSS JOIN digits t CROSS JOIN digits o
)
SELECT n.number, p.first_ms + n.number * p.width_ms AS at_ms, p.first_ms, p.width_ms, p.windows
FROM placed p
JOIN numbers n ON n.number < p.windows;

-- run_figures: one row with the figures of a recording, to lay several beside each other: over a folder of recordings each has its row.
--   activations  all of them; n those of the base set, of which all figures but the last one are
--   from_time    when the first of these came; seconds from then until the end of the last one
--   error_share  of all calls, also those that never ran
CREATE OR REPLACE TEMPORARY VIEW run_figures AS
WITH calls AS (
  SELECT
    in_base_set,
    CASE WHEN in_base_set THEN arrive_est END AS arrive_est,
    CASE WHEN in_base_set THEN arrive_est_ms END AS arrive_est_ms,
    CASE WHEN in_base_set THEN end_est_ms END AS end_est_ms,
    CASE WHEN in_base_set THEN response_ms END AS response_ms,
    CASE WHEN in_base_set THEN wait_ms END AS wait_ms,
    CASE WHEN in_base_set THEN run_ms END AS run_ms,
    CASE WHEN in_base_set AND is_cold THEN init_ms END AS init_ms,
    CASE WHEN NOT in_base_set THEN NULL WHEN is_cold THEN 1e0 ELSE 0e0 END AS cold,
    CASE
      WHEN class NOT IN ('single', 'component') OR status_code IS NULL THEN NULL
      WHEN status_code <> 0 THEN 1e0
      ELSE 0e0
    END AS failed
  FROM invocations
)
SELECT
  count(*) AS activations,
  count(CASE WHEN in_base_set THEN 1 END) AS n,
  min(arrive_est) AS from_time,
  round(CAST(max(end_est_ms) - min(arrive_est_ms) AS DOUBLE) / 1000, 1) AS seconds,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_ms), 1) AS response_ms_p50,
  CASE WHEN count(response_ms) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_ms), 1) END
    AS response_ms_p95,
  CASE WHEN count(response_ms) >= 299 THEN round(percentile_cont(0.99) WITHIN GROUP (ORDER BY response_ms), 1) END
    AS response_ms_p99,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), 1) AS wait_ms_p50,
  CASE WHEN count(wait_ms) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms), 1) END AS wait_ms_p95,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY run_ms), 1) AS run_ms_p50,
  CASE WHEN count(run_ms) >= 59 THEN round(percentile_cont(0.95) WITHIN GROUP (ORDER BY run_ms), 1) END AS run_ms_p95,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY init_ms), 1) AS init_ms_p50,
  round(avg(cold), 4) AS cold_start_share,
  round(avg(failed), 4) AS error_share
FROM calls;
