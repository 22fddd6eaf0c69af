package whisktape.lab;

import java.time.Duration;

/** Calls that come from outside. */
public sealed interface SimulatedLoad {
    SimulatedTarget target();

    /**
     * Independent callers who do not wait for each other: a Poisson process.
     *
     * @param perSecond on average
     * @param dailySwing how far the rate swings up and down over 24 hours: 0 for not at all, 0.5 for by half
     */
    record Open(SimulatedTarget target, double perSecond, double dailySwing) implements SimulatedLoad {
        public Open(SimulatedTarget target, double perSecond) {
            this(target, perSecond, 0);
        }
    }

    /**
     * Calls at set times, many at once or a single one, as a clock makes them.
     *
     * @param first after the beginning
     * @param every from one burst to the next
     * @param calls in one burst
     * @param spacing between the calls of one burst
     */
    record Bursts(SimulatedTarget target, Duration first, Duration every, int calls, Duration spacing)
            implements SimulatedLoad {}

    /**
     * Clients who call again only when they have an answer.
     *
     * @param clients how many
     * @param think from an answer to the next call
     */
    record Closed(SimulatedTarget target, int clients, SimulatedTime think) implements SimulatedLoad {}
}
