package whisktape.lab;

import static whisktape.lab.SimulationText.encode;
import static whisktape.lab.SimulationText.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** One fire of a trigger, and what became of its rules. */
final class SimulatedFire {
    final SimulatedTriggerTarget trigger;
    final long idHigh;
    final long idLow;
    final long startMs;
    private final List<byte[]> results = new ArrayList<>();

    SimulatedFire(SimulatedTriggerTarget trigger, SplittableRandom random, long startMs) {
        this.trigger = trigger;
        this.idHigh = SimulatedCall.idHigh(random);
        this.idLow = SimulatedCall.idLow(random);
        this.startMs = startMs;
    }

    /** Notes that a rule invoked its action. */
    void invoked(SimulatedTrigger.Rule rule, SimulatedCall call) {
        note("{\"statusCode\":0,\"success\":true,\"activationId\":\""
                + String.format(Locale.ROOT, "%016x%016x", call.idHigh, call.idLow) + "\",\"rule\":"
                + quote(rule.path()) + ",\"action\":" + quote(rule.action()) + "}");
    }

    /** Notes that the controller refused to. */
    void refused(SimulatedTrigger.Rule rule, String reason) {
        note("{\"statusCode\":1,\"success\":false,\"rule\":" + quote(rule.path()) + ",\"error\":" + quote(reason)
                + ",\"action\":" + quote(rule.action()) + "}");
    }

    /** By rule, JSON within a JSON string. */
    List<byte[]> results() {
        return results;
    }

    private void note(String json) {
        results.add(encode(quote(json)));
    }
}
