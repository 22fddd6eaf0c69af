package whisktape.lab;

import java.util.Optional;

/** What one controller lets one namespace do: its share of the namespace's limits. */
final class SimulatedLimiter {
    private static final long MICROS_PER_MINUTE = 60_000_000;

    /** What OpenWhisk grants on top where several controllers each know only of their own. */
    private static final double OVERCOMMIT = 1.2;

    final SimulationEnvelope envelope;
    private final int invocationsPerMinute;
    private final int concurrent;
    private final int firesPerMinute;

    private long minute = Long.MIN_VALUE;
    private int invocations;
    private int fires;
    private int inFlight;

    SimulatedLimiter(SimulatedNamespace namespace, int controllers) {
        this.envelope = new SimulationEnvelope("Metric", namespace);
        this.invocationsPerMinute = share(namespace.invocationsPerMinute(), controllers);
        this.concurrent = share(namespace.concurrentInvocations(), controllers);
        this.firesPerMinute = share(namespace.firesPerMinute(), controllers);
    }

    /** Why this invocation is one too many in this minute; empty if it is not. */
    Optional<String> refusesInvocation(long now) {
        turnTo(now);
        invocations++;
        return invocations <= invocationsPerMinute
                ? Optional.empty()
                : Optional.of(tooMany(invocations, invocationsPerMinute));
    }

    /** Why there is no room for one more in flight; empty if there is. */
    Optional<String> refusesConcurrency() {
        return inFlight < concurrent
                ? Optional.empty()
                : Optional.of("Too many concurrent requests in flight (count: " + inFlight + ", allowed: " + concurrent
                        + ").");
    }

    /** Why this fire is one too many in this minute; empty if it is not. */
    Optional<String> refusesFire(long now) {
        turnTo(now);
        fires++;
        return fires <= firesPerMinute ? Optional.empty() : Optional.of(tooMany(fires, firesPerMinute));
    }

    int inFlight() {
        return inFlight;
    }

    void began() {
        inFlight++;
    }

    void ended() {
        inFlight--;
    }

    /** At least one, unless nothing is allowed at all. */
    private static int share(int limit, int controllers) {
        double granted = controllers == 1 ? limit : Math.ceil(limit * OVERCOMMIT);
        return limit == 0 ? 0 : Math.max(1, (int) granted / controllers);
    }

    private static String tooMany(int count, int allowed) {
        return "Too many requests in the last minute (count: " + count + ", allowed: " + allowed + ").";
    }

    private void turnTo(long now) {
        long current = Math.floorDiv(now, MICROS_PER_MINUTE);
        if (current != minute) {
            minute = current;
            invocations = 0;
            fires = 0;
        }
    }
}
