package whisktape.source;

import java.time.Duration;
import java.util.Optional;
import whisktape.Position;

/** Where events come from. Used by one thread. */
public interface Source extends AutoCloseable {

    /** The id of the Kafka cluster; empty for what is not one. */
    Optional<String> clusterId();

    String topic();

    /** Where reading stood when the source was opened. */
    Position start();

    /**
     * Waits for what comes next.
     *
     * @param atMost how long; an empty batch if nothing came
     */
    Batch poll(Duration atMost);

    /** What was taken from the system and not handed out yet, until it is empty; after it nothing is polled any more. */
    Batch rest();

    /** True if everything that was there when this was asked has been handed out. False if nobody answers. */
    boolean isDrained();

    /** True while the system does not answer; the source goes on by itself when it does. */
    boolean isAway();

    /** Messages known to be there and not handed out yet. */
    long lag();

    @Override
    void close();
}
