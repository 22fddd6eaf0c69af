-- The tables that queries read, over what a recording holds. DuckDB and Spark SQL both run this file unchanged.
-- recorded_events: the segments of the table events as they are, see docs/format.md.

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
