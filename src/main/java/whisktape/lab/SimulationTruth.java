package whisktape.lab;

import java.util.List;
import java.util.function.ToLongFunction;

/** Adds up, while a simulation runs, what its planted bottlenecks cost. */
final class SimulationTruth {
    private static final long NOT_AFFECTED = -1;

    /** From which share of its limit on a run is near it. */
    private static final double NEAR = 0.8;

    private final List<Tally> tallies;
    private final long recordFrom;

    /**
     * @param recordFrom what ends earlier does not count, epoch microseconds
     */
    SimulationTruth(List<SimulatedBottleneck> planted, long recordFrom) {
        this.tallies = planted.stream().map(Tally::new).toList();
        this.recordFrom = recordFrom;
    }

    void ended(SimulatedCall call, long now) {
        if (now >= recordFrom) {
            for (Tally tally : tallies) {
                tally.add(call);
            }
        }
    }

    void refused(SimulatedNamespace namespace, long now) {
        if (now >= recordFrom) {
            for (Tally tally : tallies) {
                tally.addRefusal(namespace);
            }
        }
    }

    List<PlantedBottleneck> planted() {
        return tallies.stream().map(Tally::result).toList();
    }

    /** What a bottleneck cost a call, in microseconds; {@link #NOT_AFFECTED} if it had nothing to do with it. */
    private static ToLongFunction<SimulatedCall> costOf(SimulatedBottleneck bottleneck) {
        if (bottleneck instanceof SimulatedBottleneck.SlowInvoker slow) {
            return call -> call.invoker != null && call.invoker.index == slow.invoker() && !call.neverRan()
                    ? call.slownessMicros
                    : NOT_AFFECTED;
        }
        if (bottleneck instanceof SimulatedBottleneck.ThrashingPair pair) {
            return call -> call.avoidableColdStart && pair.isOne(call.callee.action) ? coldStart(call) : NOT_AFFECTED;
        }
        if (bottleneck instanceof SimulatedBottleneck.ColdStartStorm storm) {
            return call ->
                    call.initMs != SimulatedCall.NONE && isOf(call, storm.path()) ? coldStart(call) : NOT_AFFECTED;
        }
        if (bottleneck instanceof SimulatedBottleneck.SaturatedPool) {
            return call -> positive(call.queuedMicros);
        }
        if (bottleneck instanceof SimulatedBottleneck.NearTimeout near) {
            return call ->
                    isOf(call, near.path()) && call.durationMs - Math.max(0, call.initMs) >= NEAR * near.timeoutMs()
                            ? call.timedOut ? call.durationMs * SimulatedTime.MICROS_PER_MS : 0
                            : NOT_AFFECTED;
        }
        if (bottleneck instanceof SimulatedBottleneck.SlowSequenceStep slow) {
            return call -> call.parent != null && isOf(call, slow.action()) && isOf(call.parent, slow.sequence())
                    ? positive(call.stepMicros)
                    : NOT_AFFECTED;
        }
        if (bottleneck instanceof SimulatedBottleneck.NoisyNeighbour) {
            return call -> positive(call.noiseMicros);
        }
        // Refused calls never begin.
        return call -> NOT_AFFECTED;
    }

    private static boolean isOf(SimulatedCall call, String path) {
        return call.callee.action.path().equals(path);
    }

    private static long coldStart(SimulatedCall call) {
        return call.createMicros + call.initMicros;
    }

    private static long positive(long micros) {
        return micros > 0 ? micros : NOT_AFFECTED;
    }

    /** The sum for one of them. */
    private static final class Tally {
        private final SimulatedBottleneck bottleneck;
        private final ToLongFunction<SimulatedCall> cost;
        private long micros;
        private long affected;

        Tally(SimulatedBottleneck bottleneck) {
            this.bottleneck = bottleneck;
            this.cost = costOf(bottleneck);
        }

        void add(SimulatedCall call) {
            long more = cost.applyAsLong(call);
            if (more != NOT_AFFECTED) {
                micros += more;
                affected++;
            }
        }

        void addRefusal(SimulatedNamespace namespace) {
            if (bottleneck instanceof SimulatedBottleneck.ThrottledNamespace throttled
                    && throttled.namespace().equals(namespace.name())) {
                affected++;
            }
        }

        PlantedBottleneck result() {
            return new PlantedBottleneck(
                    bottleneck.report(),
                    bottleneck.kind(),
                    bottleneck.subject(),
                    Math.round(micros / (double) SimulatedTime.MICROS_PER_MS),
                    affected);
        }
    }
}
