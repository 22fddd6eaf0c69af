package whisktape.lab;

import java.time.Duration;
import java.util.List;

/**
 * A bottleneck to plant: it adds to a plan what brings it about. What it then costs, {@link Simulation#truth} says.
 */
public sealed interface SimulatedBottleneck {

    /** The report that is to find it. */
    String report();

    /** Which one it is. */
    String kind();

    /** What is to blame, as in {@link PlantedBottleneck}. */
    String subject();

    /** The plan with what brings it about. */
    SimulationPlan plantedIn(SimulationPlan plan);

    /** One of each kind, as they fit into {@link SimulationPlan#calm}: each is by far the worst thing in it. */
    static List<SimulatedBottleneck> ofEachKind() {
        return List.of(
                // All that runs there runs elsewhere too: else nobody could tell a slow invoker from a slow action.
                new SlowInvoker(5, 2.5),
                new ThrashingPair("darkroom", Duration.ofSeconds(10)),
                new ColdStartStorm("accounting", 48, Duration.ofMinutes(11)),
                new SaturatedPool("studio", 240, Duration.ofMinutes(2)),
                new ThrottledNamespace("crawler", 4),
                new NearTimeout("printshop", 3_000, 1),
                new SlowSequenceStep("shop/order", "shop/price", 20),
                new NoisyNeighbour("miners", 1, 8, Duration.ofSeconds(30)));
    }

    /**
     * A machine on which initialisation and runs take longer.
     *
     * @param factor how many times as long
     */
    record SlowInvoker(int invoker, double factor) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R07";
        }

        @Override
        public String kind() {
            return "slow invoker";
        }

        @Override
        public String subject() {
            return "invoker" + invoker;
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            return plan.on(plan.platform().withSlowInvoker(invoker, factor));
        }
    }

    /**
     * Two actions called by turns, each so large that it must remove the other's container. They are of kind
     * {@code blackbox}, so that they meet on the one invoker set apart for it and disturb nobody else.
     *
     * @param namespace theirs
     * @param every from one call of an action to its next; the other's come half-way between
     */
    record ThrashingPair(String namespace, Duration every) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R09";
        }

        @Override
        public String kind() {
            return "thrashing pair";
        }

        @Override
        public String subject() {
            return path("develop") + " + " + path("print");
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            SimulatedPlatform platform = plan.platform();
            int memoryMb = platform.invokerMemoryMb() / Math.max(2, platform.controllers());
            int roomMb = platform.invokerMemoryMb() - platform.prewarmedMb();
            if (2 * memoryMb <= roomMb) {
                throw new IllegalArgumentException("two containers of " + memoryMb + " MB fit into " + roomMb
                        + " MB: with " + platform.controllers() + " controllers none gets room for larger ones");
            }
            return plan.with(SimulatedNamespace.of(namespace))
                    .with(large("develop", memoryMb))
                    .with(large("print", memoryMb))
                    .with(calls("develop", every.dividedBy(4)))
                    .with(calls("print", every.dividedBy(4).plus(every.dividedBy(2))));
        }

        /** Whether it is one of the two. */
        boolean isOne(SimulatedAction action) {
            return action.path().equals(path("develop")) || action.path().equals(path("print"));
        }

        private String path(String name) {
            return namespace + "/" + name;
        }

        private SimulatedAction large(String name, int memoryMb) {
            return SimulatedAction.primitive(path(name), SimulatedTime.lognormal(150, 0.2))
                    .ofKind("blackbox")
                    .withMemory(memoryMb);
        }

        private SimulatedLoad calls(String name, Duration first) {
            return new SimulatedLoad.Bursts(SimulatedTarget.of(namespace, path(name)), first, every, 1, Duration.ZERO);
        }
    }

    /**
     * A rare action that is called many times at once, when none of its containers is there any more.
     *
     * @param calls at once
     * @param every from one burst to the next; more than the idle limit, or it is no storm
     */
    record ColdStartStorm(String namespace, int calls, Duration every) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R02";
        }

        @Override
        public String kind() {
            return "cold-start storm";
        }

        @Override
        public String subject() {
            return path();
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            if (every.compareTo(plan.platform().idleLimit()) <= 0) {
                throw new IllegalArgumentException("containers are still there after " + every);
            }
            return plan.with(SimulatedNamespace.of(namespace))
                    .with(SimulatedAction.primitive(path(), SimulatedTime.lognormal(80, 0.3))
                            .ofKind("python:3.11")
                            .withMemory(128)
                            .withInit(SimulatedTime.lognormal(400, 0.3)))
                    .with(new SimulatedLoad.Bursts(
                            SimulatedTarget.of(namespace, path()),
                            plan.warmUp().plusSeconds(30),
                            every,
                            calls,
                            Duration.ofMillis(2)));
        }

        String path() {
            return namespace + "/close-month";
        }
    }

    /**
     * Bursts of work that all invokers together cannot hold, so that calls wait for memory.
     *
     * @param calls at once
     * @param every from one burst to the next
     */
    record SaturatedPool(String namespace, int calls, Duration every) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R06";
        }

        @Override
        public String kind() {
            return "saturated pool";
        }

        @Override
        public String subject() {
            return "all invokers";
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            String path = namespace + "/transcode";
            return plan.with(SimulatedNamespace.of(namespace))
                    .with(SimulatedAction.primitive(path, SimulatedTime.lognormal(1_500, 0.2))
                            .withMemory(512))
                    .with(new SimulatedLoad.Bursts(
                            SimulatedTarget.of(namespace, path),
                            plan.warmUp().plusSeconds(10),
                            every,
                            calls,
                            Duration.ofMillis(3)));
        }
    }

    /**
     * A namespace with default limits that calls more often than they allow.
     *
     * @param perSecond calls, the refused ones among them
     */
    record ThrottledNamespace(String namespace, double perSecond) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R12";
        }

        @Override
        public String kind() {
            return "throttled namespace";
        }

        @Override
        public String subject() {
            return namespace;
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            String path = namespace + "/fetch";
            return plan.with(SimulatedNamespace.withDefaultLimits(namespace))
                    .with(SimulatedAction.primitive(path, SimulatedTime.lognormal(60, 0.4))
                            .withMemory(128))
                    .with(new SimulatedLoad.Open(SimulatedTarget.of(namespace, path), perSecond));
        }
    }

    /**
     * An action that needs nearly as long as it may, and now and then longer.
     *
     * @param timeoutMs how long it may
     * @param perSecond calls
     */
    record NearTimeout(String namespace, int timeoutMs, double perSecond) implements SimulatedBottleneck {
        private static final double USUAL_SHARE = 0.78;

        @Override
        public String report() {
            return "R15";
        }

        @Override
        public String kind() {
            return "near-timeout action";
        }

        @Override
        public String subject() {
            return path();
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            return plan.with(SimulatedNamespace.of(namespace))
                    .with(SimulatedAction.primitive(path(), SimulatedTime.lognormal(USUAL_SHARE * timeoutMs, 0.15))
                            .withMemory(128)
                            .withTimeout(timeoutMs))
                    .with(new SimulatedLoad.Open(SimulatedTarget.of(namespace, path()), perSecond));
        }

        String path() {
            return namespace + "/render";
        }
    }

    /**
     * A component that takes longer in one sequence than elsewhere.
     *
     * @param sequence its path; the plan has it
     * @param action path of the component; where it comes several times, its first time counts
     * @param factor how many times as long
     */
    record SlowSequenceStep(String sequence, String action, double factor) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R19";
        }

        @Override
        public String kind() {
            return "slow sequence step";
        }

        @Override
        public String subject() {
            return sequence + " > " + action;
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            List<SimulatedAction> actions =
                    plan.actions().stream().map(this::slowed).toList();
            if (actions.equals(plan.actions())) {
                throw new IllegalArgumentException("there is no sequence " + sequence + " with " + action);
            }
            return plan.withActions(actions);
        }

        private SimulatedAction slowed(SimulatedAction deployed) {
            return deployed instanceof SimulatedAction.Sequence found
                            && found.path().equals(sequence)
                            && found.components().contains(action)
                    ? new SimulatedAction.Sequence(
                            sequence, found.components(), found.components().indexOf(action), factor)
                    : deployed;
        }
    }

    /**
     * A namespace whose running activations slow down all others on the same invokers.
     *
     * @param noise how much slower each of them makes the others: 0.5 is by half
     * @param calls at once
     * @param every from one burst to the next
     */
    record NoisyNeighbour(String namespace, double noise, int calls, Duration every) implements SimulatedBottleneck {
        @Override
        public String report() {
            return "R18";
        }

        @Override
        public String kind() {
            return "noisy neighbour";
        }

        @Override
        public String subject() {
            return namespace;
        }

        @Override
        public SimulationPlan plantedIn(SimulationPlan plan) {
            String path = namespace + "/mine";
            return plan.with(SimulatedNamespace.of(namespace).withNoise(noise))
                    .with(SimulatedAction.primitive(path, SimulatedTime.lognormal(6_000, 0.1))
                            .withMemory(128))
                    .with(new SimulatedLoad.Bursts(
                            SimulatedTarget.of(namespace, path),
                            plan.warmUp().plusSeconds(10),
                            every,
                            calls,
                            Duration.ofMillis(5)));
        }
    }
}
