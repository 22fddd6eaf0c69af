package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

/** A sequence or composition in progress: each part begins when the one before has answered. */
final class SimulatedRun implements SimulatedCaller {
    private static final byte[] DONE = encode("{\"done\":true}");

    private final SimulatedCall call;
    private final SimulationAgenda agenda;
    private int next;

    SimulatedRun(SimulatedCall call, SimulationAgenda agenda) {
        this.call = call;
        this.agenda = agenda;
        call.parts = new SimulatedParts();
    }

    void begin(long now) {
        long startAt = now + (call.parent == null ? call.micros(500, 4_000) : call.micros(100, 900));
        call.startMs = SimulatedRuntime.toMs(startAt);
        call.waitMs = call.startMs - SimulatedRuntime.toMs(call.acceptedAt);
        agenda.at(startAt, this::callNext);
    }

    @Override
    public void answered(SimulatedCall part, long now) {
        call.parts.add(part);
        call.durationMs += part.durationMs;
        call.memoryMb = Math.max(call.memoryMb, part.memoryMb);
        if (part.statusCode == 0 && next < parts()) {
            callNext(now);
            return;
        }
        call.statusCode = part.statusCode;
        if (call.callee.isComposition()) {
            call.result = part.statusCode == 0 ? DONE : part.result;
        } else {
            call.result = part.result;
            call.size = part.size;
            call.userStatusCode = part.userStatusCode;
        }
        call.endMs = SimulatedRuntime.toMs(now);
        call.controller.finish(call, now);
    }

    private void callNext(long now) {
        SimulatedCallee callee = part(next);
        SimulatedCall part = new SimulatedCall(callee, call.controller, this, call, next, now, call.random.nextLong());
        next++;
        call.controller.begin(part, now);
    }

    /** How many there are. Of a composition the conductor comes before each of the others and at the end. */
    private int parts() {
        int components = call.callee.components.size();
        return call.callee.isComposition() ? 2 * components - 1 : components;
    }

    private SimulatedCallee part(int number) {
        if (!call.callee.isComposition()) {
            return call.callee.components.get(number);
        }
        return call.callee.components.get(number % 2 == 0 ? 0 : (number + 1) / 2);
    }
}
