package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import whisktape.lab.SimulatedEventWriter.Metric;

/** A controller: admits calls or refuses them, hands them to invokers, and leads sequences, compositions and triggers. */
final class SimulatedController {
    private static final long RULE_MICROS = 4_000;

    final byte[] source;
    private final int controllers;
    private final SimulatedBalancer balancer;
    private final SimulationAgenda agenda;
    private final SimulationOutbox outbox;
    private final SimulationTruth truth;
    private final Map<String, SimulatedLimiter> limiters = new HashMap<>();
    private long accepted;
    private long refused;

    SimulatedController(
            int index,
            int controllers,
            SimulatedBalancer balancer,
            SimulationAgenda agenda,
            SimulationOutbox outbox,
            SimulationTruth truth) {
        this.source = encode("controller" + index);
        this.controllers = controllers;
        this.balancer = balancer;
        this.agenda = agenda;
        this.outbox = outbox;
        this.truth = truth;
    }

    /** Calls admitted from outside, among them those of rules. */
    long accepted() {
        return accepted;
    }

    /** Calls and fires refused. */
    long refused() {
        return refused;
    }

    /** Activations of actions that an invoker has. */
    long inFlight() {
        return limiters.values().stream().mapToLong(SimulatedLimiter::inFlight).sum();
    }

    /**
     * Takes a call from outside.
     *
     * @return why it is refused; empty if it is accepted
     */
    Optional<String> call(SimulatedCallee callee, SimulatedCaller caller, long seed, long now) {
        return admit(newCall(callee, caller, seed, now), now);
    }

    /** Takes a fire of a trigger; its rules call one after the other. */
    Optional<String> fire(SimulatedTriggerTarget trigger, long seed, long now) {
        SimulatedLimiter limiter = limiterOf(trigger.caller);
        Optional<String> refusal = limiter.refusesFire(now);
        if (refusal.isPresent()) {
            refuse(trigger.caller, limiter, Metric.TIMED_RATE_LIMIT, now);
            return refusal;
        }
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedFire fire = new SimulatedFire(trigger, random, SimulatedRuntime.toMs(now));
        for (int i = 0; i < trigger.callees.size(); i++) {
            SimulatedTrigger.Rule rule = trigger.trigger.rules().get(i);
            SimulatedCallee callee = trigger.callees.get(i);
            long ruleSeed = random.nextLong();
            agenda.at(now + (i + 1) * RULE_MICROS, later -> {
                SimulatedCall call = newCall(callee, SimulatedCaller.NOBODY, ruleSeed, later);
                Optional<String> reason = admit(call, later);
                reason.ifPresentOrElse(why -> fire.refused(rule, why), () -> fire.invoked(rule, call));
            });
        }
        agenda.at(now + (trigger.callees.size() + 1) * RULE_MICROS, later -> outbox.fired(fire, random, later));
        return refusal;
    }

    /** Starts what was admitted, from outside or as part of something that was. */
    void begin(SimulatedCall call, long now) {
        if (call.callee.code == null) {
            new SimulatedRun(call, agenda).begin(now);
            return;
        }
        limiterOf(call.callee.caller).began();
        SimulatedInvoker invoker = balancer.place(call.callee, call.random);
        agenda.at(now + call.micros(2_500, 8_000), later -> invoker.receive(call, later));
    }

    /** An invoker is done with a call, its logs included. */
    void complete(SimulatedCall call, long now) {
        if (!SimulatedProbes.isProbe(call)) {
            balancer.release(call.callee, call.invoker);
            limiterOf(call.callee.caller).ended();
        }
        end(call, call.invoker.source, call.invoker.skewMs, now);
    }

    /** A sequence or composition has come to its end. */
    void finish(SimulatedCall call, long now) {
        end(call, source, 0, now);
        call.caller.answered(call, now);
    }

    private void end(SimulatedCall call, byte[] by, long skewMs, long now) {
        truth.ended(call, now);
        outbox.ended(call, by, skewMs, now);
    }

    private SimulatedCall newCall(SimulatedCallee callee, SimulatedCaller caller, long seed, long now) {
        return new SimulatedCall(callee, this, caller, null, 0, now, seed);
    }

    private Optional<String> admit(SimulatedCall call, long now) {
        SimulatedLimiter limiter = limiterOf(call.callee.caller);
        Optional<String> refusal = limiter.refusesInvocation(now);
        if (refusal.isPresent()) {
            refuse(call.callee.caller, limiter, Metric.TIMED_RATE_LIMIT, now);
            return refusal;
        }
        refusal = limiter.refusesConcurrency();
        if (refusal.isPresent()) {
            refuse(call.callee.caller, limiter, Metric.CONCURRENT_RATE_LIMIT, now);
            return refusal;
        }
        accepted++;
        outbox.metric(Metric.CONCURRENT_INVOCATIONS, limiter.inFlight() + 1, limiter.envelope, source, now);
        begin(call, now);
        return refusal;
    }

    private void refuse(SimulatedNamespace namespace, SimulatedLimiter limiter, Metric metric, long now) {
        refused++;
        truth.refused(namespace, now);
        outbox.metric(metric, 1, limiter.envelope, source, now);
    }

    private SimulatedLimiter limiterOf(SimulatedNamespace namespace) {
        SimulatedLimiter limiter = limiters.get(namespace.name());
        if (limiter == null) {
            limiter = new SimulatedLimiter(namespace, controllers);
            limiters.put(namespace.name(), limiter);
        }
        return limiter;
    }
}
