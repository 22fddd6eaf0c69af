package whisktape.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The machines, and how OpenWhisk is configured.
 *
 * @param controllers each with its own share of every invoker, as the sharding balancer divides them
 * @param invokers a tenth of them, but at least one, for {@code blackbox} actions
 * @param invokerMemoryMb what all containers of one invoker may take
 * @param idleLimit after which an unused container is removed
 * @param pauseGrace after which an unused container is paused
 * @param prewarmed containers that every invoker keeps ready
 * @param createTime to make a container
 * @param unpauseTime to wake a paused one
 * @param slowness by number of the invoker, how many times as long initialisation and runs take there; 1 where not named
 */
public record SimulatedPlatform(
        int controllers,
        int invokers,
        int invokerMemoryMb,
        Duration idleLimit,
        Duration pauseGrace,
        List<Prewarmed> prewarmed,
        SimulatedTime createTime,
        SimulatedTime unpauseTime,
        Map<Integer, Double> slowness) {

    /** OpenWhisk's defaults, as Ansible sets it up, on ten invokers. */
    public static final SimulatedPlatform DEFAULT = new SimulatedPlatform(
            2,
            10,
            2048,
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            List.of(new Prewarmed("nodejs:20", 256, 2)),
            SimulatedTime.lognormal(450, 0.3),
            SimulatedTime.uniform(100, 400),
            Map.of());

    public SimulatedPlatform {
        if (controllers < 1 || invokers < 1) {
            throw new IllegalArgumentException(controllers + " controllers and " + invokers + " invokers");
        }
        prewarmed = List.copyOf(prewarmed);
        slowness = Map.copyOf(slowness);
    }

    /**
     * Containers that are ready but for the code.
     *
     * @param kind the runtime
     * @param memoryMb of each
     * @param count how many
     */
    public record Prewarmed(String kind, int memoryMb, int count) {}

    /** What the prewarmed containers of one invoker take. */
    int prewarmedMb() {
        return prewarmed.stream()
                .mapToInt(sort -> sort.memoryMb() * sort.count())
                .sum();
    }

    public SimulatedPlatform withControllers(int number) {
        return new SimulatedPlatform(
                number, invokers, invokerMemoryMb, idleLimit, pauseGrace, prewarmed, createTime, unpauseTime, slowness);
    }

    public SimulatedPlatform withInvokers(int number, int memoryMb) {
        return new SimulatedPlatform(
                controllers, number, memoryMb, idleLimit, pauseGrace, prewarmed, createTime, unpauseTime, slowness);
    }

    public SimulatedPlatform withPrewarmed(List<Prewarmed> others) {
        return new SimulatedPlatform(
                controllers,
                invokers,
                invokerMemoryMb,
                idleLimit,
                pauseGrace,
                others,
                createTime,
                unpauseTime,
                slowness);
    }

    /** The same, but for how long an unused container is left awake. */
    public SimulatedPlatform withPauseGrace(Duration grace) {
        return new SimulatedPlatform(
                controllers, invokers, invokerMemoryMb, idleLimit, grace, prewarmed, createTime, unpauseTime, slowness);
    }

    public SimulatedPlatform withSlowInvoker(int invoker, double factor) {
        if (invoker < 0 || invoker >= invokers) {
            throw new IllegalArgumentException("there is no invoker" + invoker + " among " + invokers);
        }
        Map<Integer, Double> slower = new TreeMap<>(slowness);
        slower.put(invoker, factor);
        return new SimulatedPlatform(
                controllers,
                invokers,
                invokerMemoryMb,
                idleLimit,
                pauseGrace,
                prewarmed,
                createTime,
                unpauseTime,
                slower);
    }
}
