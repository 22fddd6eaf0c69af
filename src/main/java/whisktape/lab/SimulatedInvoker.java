package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

import java.util.ArrayDeque;
import java.util.Deque;

/** An invoker: gets calls, lets them wait in order while there is no room, runs them, and says what came of them. */
final class SimulatedInvoker {
    final int index;
    final byte[] source;
    final long skewMs;
    private final SimulatedRuntime runtime;
    private final SimulatedPool pool;
    private final SimulationAgenda agenda;
    private final Deque<SimulatedCall> waiting = new ArrayDeque<>();

    /** Sum of the noise of what runs, and how many that are: the sum of fractions is not quite zero when all are gone. */
    private double noise;

    private int noisy;

    SimulatedInvoker(int index, SimulatedPlatform platform, long skewMs, int callees, SimulationAgenda agenda) {
        this.index = index;
        this.source = encode("invoker" + index);
        this.skewMs = skewMs;
        this.runtime = new SimulatedRuntime(platform, platform.slowness().getOrDefault(index, 1.0));
        this.pool = new SimulatedPool(platform, callees, agenda);
        this.agenda = agenda;
    }

    SimulatedPool pool() {
        return pool;
    }

    int waiting() {
        return waiting.size();
    }

    /** Takes a call over from its controller. */
    void receive(SimulatedCall call, long now) {
        call.invoker = this;
        call.receivedAt = now;
        if (!waiting.isEmpty() || !start(call, now)) {
            waiting.add(call);
        }
    }

    private boolean start(SimulatedCall call, long now) {
        SimulatedContainer container = pool.take(call.callee, now);
        if (container == null) {
            return false;
        }
        call.queuedMicros = now - call.receivedAt;
        if (container.state == SimulatedContainer.State.COLD || container.state == SimulatedContainer.State.PREWARMED) {
            call.avoidableColdStart = pool.lostToAnother(call.callee, now);
        }
        double ownNoise = call.callee.caller.noise();
        long answeredAt = runtime.run(call, container, now, ownNoise > 0 ? 0 : noise);
        if (ownNoise > 0) {
            noise += ownNoise;
            noisy++;
        }
        if (container.isBroken) {
            pool.condemn(container);
        }
        if (call.caller != SimulatedCaller.NOBODY) {
            agenda.at(answeredAt + runtime.ackMicros(call), later -> call.caller.answered(call, later));
        }
        agenda.at(answeredAt + runtime.logMicros(call), later -> complete(call, container, later));
        return true;
    }

    /** The logs are collected: the event goes out, and the container is free. */
    private void complete(SimulatedCall call, SimulatedContainer container, long now) {
        if (call.callee.caller.noise() > 0) {
            noisy--;
            noise = noisy == 0 ? 0 : noise - call.callee.caller.noise();
        }
        pool.release(container, now);
        call.controller.complete(call, now);
        while (!waiting.isEmpty() && start(waiting.peek(), now)) {
            waiting.remove();
        }
    }
}
