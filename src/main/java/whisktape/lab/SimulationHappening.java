package whisktape.lab;

/** Something that will happen at a moment of simulated time. */
@FunctionalInterface
interface SimulationHappening {

    /**
     * Lets it happen.
     *
     * @param now epoch microseconds
     */
    void happen(long now);
}
