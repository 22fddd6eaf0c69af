package whisktape.lab;

/**
 * One write to the activations database.
 *
 * @param timeMs when the database had it, true time in epoch milliseconds; never steps back
 * @param text the document with its {@code _id} and without a {@code _rev}, JSON in UTF-8
 */
public record SimulatedDocument(long timeMs, byte[] text) implements Emission {}
