package whisktape.source;

import java.time.Instant;

/** Where a new recording begins. */
public sealed interface StartAt {
    /** At the oldest message that Kafka still has. */
    record Earliest() implements StartAt {}

    /** At the next message. */
    record Latest() implements StartAt {}

    /** At the first message of this time or later, by Kafka's timestamps. */
    record At(Instant time) implements StartAt {}
}
