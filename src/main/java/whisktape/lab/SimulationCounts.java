package whisktape.lab;

/**
 * What happened in a simulation so far, its warm-up included.
 *
 * @param accepted calls admitted from outside, among them those of rules
 * @param refused calls and fires refused
 * @param inFlight calls waiting or running
 */
public record SimulationCounts(long accepted, long refused, long inFlight) {}
