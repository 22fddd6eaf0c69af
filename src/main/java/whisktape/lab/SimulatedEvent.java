package whisktape.lab;

/**
 * One message of the topic {@code events}.
 *
 * @param timeMs when the broker got it, true time in epoch milliseconds; never steps back
 * @param timestampMs what the producer stamped on it by its own clock, epoch milliseconds
 * @param value the message, JSON in UTF-8
 */
public record SimulatedEvent(long timeMs, long timestampMs, byte[] value) implements Emission {}
