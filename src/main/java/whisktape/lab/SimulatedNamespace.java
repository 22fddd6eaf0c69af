package whisktape.lab;

/**
 * A namespace and what it is allowed, over all controllers together.
 *
 * @param name of the namespace
 * @param subject who calls in its name
 * @param invocationsPerMinute action invocations, by the minute of the clock
 * @param concurrentInvocations activations in flight
 * @param firesPerMinute trigger fires, by the minute of the clock
 * @param noise how much slower each of its running activations makes the others on the same invoker: 0.5 is by half
 */
public record SimulatedNamespace(
        String name,
        String subject,
        int invocationsPerMinute,
        int concurrentInvocations,
        int firesPerMinute,
        double noise) {
    private static final int PLENTY = 1_000_000;

    /** One with OpenWhisk's default limits. */
    public static SimulatedNamespace withDefaultLimits(String name) {
        return new SimulatedNamespace(name, subjectOf(name), 60, 30, 60, 0);
    }

    /** One that will hardly be throttled. */
    public static SimulatedNamespace of(String name) {
        return new SimulatedNamespace(name, subjectOf(name), PLENTY, PLENTY, PLENTY, 0);
    }

    public SimulatedNamespace withNoise(double more) {
        return new SimulatedNamespace(name, subject, invocationsPerMinute, concurrentInvocations, firesPerMinute, more);
    }

    /** OpenWhisk wants five characters at least. */
    private static String subjectOf(String name) {
        return name.length() < 5 ? name + "-user" : name;
    }
}
