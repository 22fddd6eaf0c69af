package whisktape.lab;

/**
 * What a planted bottleneck really cost in one run, as only the simulation can know it.
 *
 * @param report the report that is to find it, for example {@code R09}
 * @param kind which bottleneck, for example {@code thrashing pair}
 * @param subject what is to blame: an invoker, a namespace, an action, several of them joined by {@code " + "}, a step as
 *     {@code sequence > action}, or {@code all invokers}
 * @param msAtStake what it cost all activations together, in milliseconds; {@code docs/simulation.md} says against what
 * @param affected how many activations, or refused calls
 */
public record PlantedBottleneck(String report, String kind, String subject, long msAtStake, long affected) {}
