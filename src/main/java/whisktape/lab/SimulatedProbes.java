package whisktape.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * OpenWhisk's own activations, by which a controller finds out whether an invoker is well. They look as if they had waited since
 * the controller came up.
 */
final class SimulatedProbes {
    private static final SimulatedNamespace SYSTEM = SimulatedNamespace.of("whisk.system");
    private static final SimulatedAction.Primitive ACTION = SimulatedAction.primitive(
                    "whisk.system/invokerHealthTestAction0", SimulatedTime.lognormal(20, 0.3))
            .withMemory(128)
            .answering(SimulatedAnswer.of("{}"));

    private SimulatedProbes() {}

    static SimulatedCallee callee(SimulatedDirectory directory) {
        return directory.add(SYSTEM, ACTION);
    }

    static boolean isProbe(SimulatedCall call) {
        return call.callee.caller == SYSTEM;
    }

    /** Probes each invoker at its turn. */
    static void begin(
            SimulationPlan plan,
            SimulatedCallee probe,
            SimulatedController controller,
            List<SimulatedInvoker> invokers,
            SimulationAgenda agenda,
            SplittableRandom random) {
        Duration every = plan.conditions().probeEvery();
        if (every.isZero()) {
            return;
        }
        long start = SimulationArrivals.micros(Duration.between(Instant.EPOCH, plan.start()));
        long upSince = start - SimulationArrivals.micros(plan.conditions().upSince());
        for (SimulatedInvoker invoker : invokers) {
            SimulationEntrance entrance = (caller, seed, now) -> {
                invoker.receive(new SimulatedCall(probe, controller, caller, null, 0, upSince, seed), now);
                return Optional.empty();
            };
            SimulatedLoad.Bursts load = new SimulatedLoad.Bursts(
                    SimulatedTarget.of(SYSTEM.name(), ACTION.path()),
                    every.multipliedBy(invoker.index + 1).dividedBy(invokers.size() + 1),
                    every,
                    1,
                    Duration.ZERO);
            long end = start + SimulationArrivals.micros(plan.length());
            new SimulationArrivals(entrance, agenda, random.split(), start, end).begin(load);
        }
    }
}
