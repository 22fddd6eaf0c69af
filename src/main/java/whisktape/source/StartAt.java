package whisktape.source;

import java.time.Instant;

/** Where a new recording begins. */
public sealed interface StartAt {
    /** At the oldest message that Kafka still has, at the first change of a database. */
    record Earliest() implements StartAt {}

    /** At the next message or change. */
    record Latest() implements StartAt {}

    /** At the first message of this time or later, by Kafka's timestamps; at the first document of this time or later. */
    record At(Instant time) implements StartAt {}
}
