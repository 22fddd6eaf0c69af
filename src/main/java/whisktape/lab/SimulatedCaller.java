package whisktape.lab;

/** Who waits for the answer of a call: a client, a sequence, a composition, or nobody. */
@FunctionalInterface
interface SimulatedCaller {
    SimulatedCaller NOBODY = (call, now) -> {};

    /**
     * Takes the answer, which comes before the logs are collected and the event is sent.
     *
     * @param now epoch microseconds
     */
    void answered(SimulatedCall call, long now);
}
