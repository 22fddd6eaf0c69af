package whisktape.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulation plays: the platform, who calls what, and what was planted. The same plan with the same seed gives the same
 * bytes.
 *
 * @param start of the simulated time
 * @param length how long calls come in; what is in flight then still ends
 * @param warmUp of that length, how much passes before anything is let out or counted
 * @param platform the machines
 * @param conditions what makes the data hard to read
 * @param namespaces who calls
 * @param actions what is deployed
 * @param triggers with their rules
 * @param loads the calls from outside
 * @param planted bottlenecks, brought about by what stands in the rest of the plan
 */
public record SimulationPlan(
        Instant start,
        Duration length,
        Duration warmUp,
        SimulatedPlatform platform,
        SimulationConditions conditions,
        List<SimulatedNamespace> namespaces,
        List<SimulatedAction> actions,
        List<SimulatedTrigger> triggers,
        List<SimulatedLoad> loads,
        List<SimulatedBottleneck> planted) {

    public SimulationPlan {
        if (length.isNegative() || warmUp.isNegative()) {
            throw new IllegalArgumentException("length " + length + ", warm-up " + warmUp);
        }
        namespaces = List.copyOf(namespaces);
        actions = List.copyOf(actions);
        triggers = List.copyOf(triggers);
        loads = List.copyOf(loads);
        planted = List.copyOf(planted);
    }

    /** A platform on which nothing happens, to add to. */
    public static SimulationPlan empty() {
        return new SimulationPlan(
                Instant.parse("2026-03-14T09:00:00Z"),
                Duration.ofMinutes(10),
                Duration.ZERO,
                SimulatedPlatform.DEFAULT,
                SimulationConditions.CLEAN,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A web shop with room to spare, in which nothing is slow: what bottlenecks are planted in. */
    public static SimulationPlan calm() {
        return SimulationPresets.calm();
    }

    /** The shop with all that really happens: errors, timeouts, throttling, clocks that differ, events that come twice. */
    public static SimulationPlan ofEverything() {
        return SimulationPresets.ofEverything();
    }

    /** The calm shop with one bottleneck of each kind. */
    public static SimulationPlan ofEachBottleneck() {
        SimulationPlan plan = calm();
        for (SimulatedBottleneck bottleneck : SimulatedBottleneck.ofEachKind()) {
            plan = plan.plant(bottleneck);
        }
        return plan;
    }

    /** This plan with a bottleneck, whose true size the simulation then tells. */
    public SimulationPlan plant(SimulatedBottleneck bottleneck) {
        SimulationPlan plan = bottleneck.plantedIn(this);
        return new SimulationPlan(
                start,
                length,
                warmUp,
                plan.platform,
                conditions,
                plan.namespaces,
                plan.actions,
                plan.triggers,
                plan.loads,
                with(planted, bottleneck));
    }

    public SimulationPlan lasting(Duration other) {
        return new SimulationPlan(
                start, other, warmUp, platform, conditions, namespaces, actions, triggers, loads, planted);
    }

    public SimulationPlan from(Instant other) {
        return new SimulationPlan(
                other, length, warmUp, platform, conditions, namespaces, actions, triggers, loads, planted);
    }

    /** The same, let out from this time after the start on. */
    public SimulationPlan warmedUpFor(Duration other) {
        return new SimulationPlan(
                start, length, other, platform, conditions, namespaces, actions, triggers, loads, planted);
    }

    public SimulationPlan on(SimulatedPlatform other) {
        return new SimulationPlan(
                start, length, warmUp, other, conditions, namespaces, actions, triggers, loads, planted);
    }

    public SimulationPlan under(SimulationConditions other) {
        return new SimulationPlan(
                start, length, warmUp, platform, other, namespaces, actions, triggers, loads, planted);
    }

    public SimulationPlan with(SimulatedNamespace more) {
        return new SimulationPlan(
                start, length, warmUp, platform, conditions, with(namespaces, more), actions, triggers, loads, planted);
    }

    public SimulationPlan with(SimulatedAction more) {
        return withActions(with(actions, more));
    }

    /** The same with these actions in place of its own. */
    public SimulationPlan withActions(List<SimulatedAction> others) {
        return new SimulationPlan(
                start, length, warmUp, platform, conditions, namespaces, others, triggers, loads, planted);
    }

    /** The same, but that runs of this action take so many times as long. */
    public SimulationPlan slowing(String path, double factor) {
        List<SimulatedAction> others = new ArrayList<>();
        for (SimulatedAction action : actions) {
            others.add(
                    action instanceof SimulatedAction.Primitive code
                                    && code.path().equals(path)
                            ? code.withRun(code.run().times(factor))
                            : action);
        }
        if (others.equals(actions)) {
            throw new IllegalArgumentException("there is no action " + path + " that runs");
        }
        return withActions(others);
    }

    public SimulationPlan with(SimulatedTrigger more) {
        return new SimulationPlan(
                start, length, warmUp, platform, conditions, namespaces, actions, with(triggers, more), loads, planted);
    }

    public SimulationPlan with(SimulatedLoad more) {
        return new SimulationPlan(
                start, length, warmUp, platform, conditions, namespaces, actions, triggers, with(loads, more), planted);
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
