package whisktape.lab;

import java.util.Optional;

/** The way in for one sort of call or fire, up to the controllers. */
@FunctionalInterface
interface SimulationEntrance {

    /**
     * Lets one in.
     *
     * @param caller gets the answer
     * @param seed of its random numbers
     * @param now epoch microseconds
     * @return why it was refused; empty if it was not
     */
    Optional<String> enter(SimulatedCaller caller, long seed, long now);
}
