package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

import java.util.List;

/** A trigger as one namespace fires it, with what its rules invoke. */
final class SimulatedTriggerTarget {
    final SimulatedNamespace caller;
    final SimulatedTrigger trigger;

    /** By rule. */
    final List<SimulatedCallee> callees;

    final byte[] documentId;
    final byte[] documentName;
    final byte[] documentSubject;

    SimulatedTriggerTarget(SimulatedNamespace caller, SimulatedTrigger trigger, List<SimulatedCallee> callees) {
        this.caller = caller;
        this.trigger = trigger;
        this.callees = callees;
        this.documentId = encode(SimulationPhrases.documentId(caller));
        this.documentName = encode(SimulationPhrases.documentName(trigger.name(), caller));
        this.documentSubject = encode(SimulationPhrases.documentSubject(caller));
    }
}
