package whisktape.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An OpenWhisk that is only simulated: what it would send to the topic {@code events} and write to its database, in the order in
 * which it would. Everything happens in simulated time, as fast as one core allows; nothing is kept but what is in flight, so
 * memory does not depend on the length of the plan.
 *
 * <p>Not for use by several threads.
 */
public final class Simulation implements Iterator<Emission> {
    private static final int SMALLEST_ACTION_MB = 128;

    private final SimulationAgenda agenda = new SimulationAgenda();
    private final SimulationTruth truth;
    private final SimulationOutbox outbox;
    private final List<SimulatedInvoker> invokers = new ArrayList<>();
    private final List<SimulatedController> controllers = new ArrayList<>();

    private Simulation(SimulationPlan plan, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long start = SimulationArrivals.micros(Duration.between(Instant.EPOCH, plan.start()));
        long end = start + SimulationArrivals.micros(plan.length());
        long recordFrom = start + SimulationArrivals.micros(plan.warmUp());
        truth = new SimulationTruth(plan.planted(), recordFrom);
        outbox = new SimulationOutbox(plan.conditions(), recordFrom, agenda, random.split());
        SplittableRandom skews = random.split();
        SplittableRandom probes = random.split();
        SimulatedDirectory directory = new SimulatedDirectory(plan);
        SimulatedCallee probe = SimulatedProbes.callee(directory);
        List<SimulationEntrance> entrances =
                plan.loads().stream().map(load -> entrance(load, directory)).toList();

        build(plan, directory.size(), skews);
        SimulatedProbes.begin(plan, probe, controllers.get(0), invokers, agenda, probes);
        for (int i = 0; i < entrances.size(); i++) {
            new SimulationArrivals(entrances.get(i), agenda, random.split(), start, end)
                    .begin(plan.loads().get(i));
        }
    }

    /** A simulation that has not begun. */
    public static Simulation of(SimulationPlan plan, long seed) {
        return new Simulation(plan, seed);
    }

    @Override
    public boolean hasNext() {
        while (outbox.isEmpty() && !agenda.isEmpty()) {
            agenda.step();
        }
        return !outbox.isEmpty();
    }

    @Override
    public Emission next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return outbox.next();
    }

    /** What the planted bottlenecks have cost so far, in the order in which they were planted. */
    public List<PlantedBottleneck> truth() {
        return truth.planted();
    }

    public SimulationCounts counts() {
        return new SimulationCounts(
                controllers.stream().mapToLong(SimulatedController::accepted).sum(),
                controllers.stream().mapToLong(SimulatedController::refused).sum(),
                controllers.stream().mapToLong(SimulatedController::inFlight).sum());
    }

    /** How many things are noted to happen, which is what is in flight and little else. */
    int pending() {
        return agenda.size();
    }

    List<SimulatedInvoker> invokers() {
        return invokers;
    }

    private void build(SimulationPlan plan, int callees, SplittableRandom skews) {
        SimulatedPlatform platform = plan.platform();
        int skewMs = plan.conditions().clockSkewMs();
        for (int i = 0; i < platform.invokers(); i++) {
            invokers.add(new SimulatedInvoker(i, platform, skews.nextInt(-skewMs, skewMs + 1), callees, agenda));
        }
        int shareMb = Math.max(SMALLEST_ACTION_MB, platform.invokerMemoryMb() / platform.controllers());
        for (int i = 0; i < platform.controllers(); i++) {
            SimulatedBalancer balancer = new SimulatedBalancer(invokers, shareMb, callees);
            controllers.add(new SimulatedController(i, platform.controllers(), balancer, agenda, outbox, truth));
        }
    }

    private SimulationEntrance entrance(SimulatedLoad load, SimulatedDirectory directory) {
        Optional<SimulatedTriggerTarget> found = directory.trigger(load.target());
        if (found.isPresent() && load instanceof SimulatedLoad.Closed) {
            throw new IllegalArgumentException(
                    "nobody waits for the trigger " + load.target().path());
        }
        return found.<SimulationEntrance>map(
                        trigger -> (caller, seed, now) -> controllerFor(seed).fire(trigger, seed, now))
                .orElseGet(() -> {
                    SimulatedCallee callee = directory.callee(load.target());
                    return (caller, seed, now) -> controllerFor(seed).call(callee, caller, seed, now);
                });
    }

    /** As a front door divides calls among controllers. */
    private SimulatedController controllerFor(long seed) {
        return controllers.get((int) Long.remainderUnsigned(seed, controllers.size()));
    }
}
