package whisktape.source;

import java.time.Duration;

/** Where events or documents come from. Used by one thread. */
public sealed interface Source extends AutoCloseable permits EventSource, DocumentSource {

    /** What it reads, for people: {@code topic events at localhost:9092}. Without credentials. */
    String name();

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

    /** Rows known to be there and not handed out yet. */
    long lag();

    @Override
    void close();
}
