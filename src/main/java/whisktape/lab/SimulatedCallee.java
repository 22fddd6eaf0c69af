package whisktape.lab;

import java.util.List;
import java.util.Optional;

/**
 * An action as one namespace calls it: what containers belong to, what has a home invoker, and what never changes in its
 * events and documents.
 */
final class SimulatedCallee {
    final int index;
    final SimulatedNamespace caller;
    final SimulatedAction action;
    final Optional<String> binding;

    /** Encoded pieces of what is said about it. */
    final SimulationPhrases phrases;

    /** Of a sequence or composition, else empty. */
    final List<SimulatedCallee> components;

    /** The code that runs: its own, or its conductor's; null for a sequence. */
    final SimulatedAction.Primitive code;

    private SimulatedCallee(
            int index,
            SimulatedNamespace caller,
            SimulatedAction action,
            Optional<String> binding,
            SimulatedAction.Primitive code,
            List<SimulatedCallee> components) {
        this.index = index;
        this.caller = caller;
        this.action = action;
        this.binding = binding;
        this.code = code;
        this.components = components;
        this.phrases = new SimulationPhrases(this);
    }

    static SimulatedCallee ofCode(
            int index, SimulatedNamespace caller, SimulatedAction.Primitive code, Optional<String> binding) {
        return new SimulatedCallee(index, caller, code, binding, code, List.of());
    }

    /** Sequences and compositions. The conductor's own runs are those of {@link #ofCode}, as first of the components. */
    static SimulatedCallee ofParts(
            int index, SimulatedNamespace caller, SimulatedAction action, List<SimulatedCallee> components) {
        return new SimulatedCallee(index, caller, action, Optional.empty(), null, components);
    }

    boolean isComposition() {
        return action instanceof SimulatedAction.Composition;
    }

    /** As OpenWhisk's balancer computes it: from the caller's namespace and the action's full name. */
    int hash() {
        int hash = caller.name().hashCode() ^ action.path().hashCode();
        // The smallest int has no positive counterpart.
        return Math.max(0, Math.abs(hash));
    }

    @Override
    public String toString() {
        return action.path() + " called by " + caller.name();
    }
}
