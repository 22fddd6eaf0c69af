package whisktape.replay;

import whisktape.Message;

/** Takes messages in their order and tells {@link Deliveries} what became of each, at once or later, in any thread. */
public interface EventPublisher extends AutoCloseable {

    /** Hands over a message; may wait for room. Failures go to the deliveries and are not thrown. */
    void publish(Message message, Deliveries deliveries);

    /** Lets go of what it has kept back to send it with others: for now, nothing more is due. */
    default void flush(Deliveries deliveries) {}

    /** Gives up what is not delivered yet, as failed. */
    @Override
    void close();
}
