package whisktape.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what calls are meant for, by name, before a simulation begins. */
final class SimulatedDirectory {
    private final Map<String, SimulatedNamespace> namespaces = new HashMap<>();
    private final Map<String, SimulatedAction> actions = new HashMap<>();
    private final Map<String, SimulatedTrigger> triggers = new HashMap<>();
    private final Map<SimulatedTarget, SimulatedCallee> callees = new HashMap<>();
    private int size;

    SimulatedDirectory(SimulationPlan plan) {
        plan.namespaces().forEach(namespace -> namespaces.put(namespace.name(), namespace));
        plan.actions().forEach(action -> actions.put(action.path(), action));
        plan.triggers().forEach(trigger -> triggers.put(trigger.path(), trigger));
    }

    /** How many callees there are so far. */
    int size() {
        return size;
    }

    Optional<SimulatedTriggerTarget> trigger(SimulatedTarget target) {
        return Optional.ofNullable(triggers.get(target.path())).map(trigger -> {
            List<SimulatedCallee> called = new ArrayList<>();
            trigger.rules().forEach(rule -> called.add(callee(SimulatedTarget.of(target.namespace(), rule.action()))));
            return new SimulatedTriggerTarget(namespace(target.namespace()), trigger, called);
        });
    }

    /** The action a call is meant for, as its namespace calls it; always the same object for the same target. */
    SimulatedCallee callee(SimulatedTarget target) {
        SimulatedCallee known = callees.get(target);
        if (known != null) {
            return known;
        }
        SimulatedAction action = actions.get(target.path());
        if (action == null) {
            throw new IllegalArgumentException("nothing is deployed as " + target.path());
        }
        SimulatedCallee made = make(target, action);
        callees.put(target, made);
        return made;
    }

    /** Adds what no plan names. */
    SimulatedCallee add(SimulatedNamespace caller, SimulatedAction.Primitive code) {
        return SimulatedCallee.ofCode(size++, caller, code, Optional.empty());
    }

    private SimulatedCallee make(SimulatedTarget target, SimulatedAction action) {
        SimulatedNamespace caller = namespace(target.namespace());
        if (action instanceof SimulatedAction.Primitive code) {
            return SimulatedCallee.ofCode(size++, caller, code, target.binding());
        }
        List<SimulatedCallee> parts = new ArrayList<>();
        List<String> paths;
        if (action instanceof SimulatedAction.Composition composition) {
            parts.add(SimulatedCallee.ofCode(size++, caller, composition.conductor(), Optional.empty()));
            paths = composition.components();
        } else {
            paths = ((SimulatedAction.Sequence) action).components();
        }
        paths.forEach(path -> parts.add(callee(SimulatedTarget.of(target.namespace(), path))));
        return SimulatedCallee.ofParts(size++, caller, action, parts);
    }

    private SimulatedNamespace namespace(String name) {
        SimulatedNamespace namespace = namespaces.get(name);
        if (namespace == null) {
            throw new IllegalArgumentException("there is no namespace " + name);
        }
        return namespace;
    }
}
