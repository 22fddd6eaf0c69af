package whisktape.lab;

/** Something that a simulated OpenWhisk lets out: an event of the topic, or an activation document. */
public sealed interface Emission permits SimulatedEvent, SimulatedDocument {

    /** When it came out, epoch milliseconds of the true time, which no clock in the simulation shows exactly. */
    long timeMs();
}
