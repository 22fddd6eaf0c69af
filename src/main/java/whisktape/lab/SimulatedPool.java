package whisktape.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The containers of one invoker and the memory they take, by the rules of OpenWhisk's classic pool: first a warm container,
 * then a prewarmed one, then a new one, for which those that have been idle longest make room.
 */
final class SimulatedPool {
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final int totalMb;
    private final long idleLimit;
    private final long pauseGrace;
    private final List<SimulatedPrewarmed> prewarmed = new ArrayList<>();
    private final SimulatedIdle idle;

    /** By callee, containers that have something to do and room for more. */
    private final List<Deque<SimulatedContainer>> roomy = new ArrayList<>();

    /** By callee, when the container was last used that was removed last, to make room for another. */
    private final long[] lost;

    private int usedMb;
    private int peakMb;

    SimulatedPool(SimulatedPlatform platform, int callees, SimulationAgenda agenda) {
        this.totalMb = platform.invokerMemoryMb();
        this.idleLimit = platform.idleLimit().toMillis() * SimulatedTime.MICROS_PER_MS;
        this.pauseGrace = platform.pauseGrace().toMillis() * SimulatedTime.MICROS_PER_MS;
        this.idle = new SimulatedIdle(callees);
        this.lost = new long[callees];
        Arrays.fill(lost, LONG_AGO);
        for (int i = 0; i < callees; i++) {
            roomy.add(new ArrayDeque<>(1));
        }
        for (SimulatedPlatform.Prewarmed sort : platform.prewarmed()) {
            SimulatedPrewarmed stock = new SimulatedPrewarmed(sort, agenda);
            prewarmed.add(stock);
            use(stock.fill(totalMb - usedMb));
        }
    }

    int usedMb() {
        return usedMb;
    }

    /** The most that was ever used. */
    int peakMb() {
        return peakMb;
    }

    /** A container for one more activation of the callee; null if there is no room now. */
    SimulatedContainer take(SimulatedCallee callee, long now) {
        removeExpired(now);
        SimulatedContainer container = warm(callee, now);
        if (container == null) {
            container = fresh(callee, now);
        }
        if (container == null) {
            return null;
        }
        container.active++;
        if (callee.code.concurrency() > 1 && container.active == 1 && !container.isFull()) {
            roomy.get(callee.index).addLast(container);
        } else if (callee.code.concurrency() > 1 && container.isFull()) {
            roomy.get(callee.index).remove(container);
        }
        return container;
    }

    /** Whether a container of this callee, not yet unused for too long, had to make room for another; forgets it. */
    boolean lostToAnother(SimulatedCallee callee, long now) {
        boolean wouldBeThere = now - lost[callee.index] < idleLimit;
        lost[callee.index] = LONG_AGO;
        return wouldBeThere;
    }

    /** Lets no more activations into a container, and removes it when those in it have ended. */
    void condemn(SimulatedContainer container) {
        container.isBroken = true;
        roomy.get(container.callee.index).remove(container);
    }

    /** One activation in it has ended. */
    void release(SimulatedContainer container, long now) {
        container.active--;
        if (container.isBroken) {
            if (container.active == 0) {
                usedMb -= container.memoryMb;
                replenish(now);
            }
            return;
        }
        if (container.active == 0) {
            if (container.callee.code.concurrency() > 1) {
                roomy.get(container.callee.index).remove(container);
            }
            idle.add(container, now);
        } else if (container.active == container.callee.code.concurrency() - 1) {
            roomy.get(container.callee.index).addLast(container);
        }
    }

    private SimulatedContainer warm(SimulatedCallee callee, long now) {
        SimulatedContainer container = roomy.get(callee.index).peekLast();
        if (container != null) {
            container.state = SimulatedContainer.State.WARM;
            return container;
        }
        container = idle.take(callee);
        if (container != null) {
            boolean isPaused = now - container.idleSince >= pauseGrace;
            container.state = isPaused ? SimulatedContainer.State.PAUSED : SimulatedContainer.State.WARM;
        }
        return container;
    }

    private SimulatedContainer fresh(SimulatedCallee callee, long now) {
        for (SimulatedPrewarmed stock : prewarmed) {
            if (stock.fits(callee.code)) {
                stock.take();
                replenish(now);
                return new SimulatedContainer(callee, SimulatedContainer.State.PREWARMED);
            }
        }
        int neededMb = callee.code.memoryMb();
        if (totalMb - usedMb + idle.memoryMb() < neededMb) {
            return null;
        }
        while (totalMb - usedMb < neededMb) {
            SimulatedContainer removed = idle.takeOldest();
            lost[removed.callee.index] = removed.idleSince;
            usedMb -= removed.memoryMb;
        }
        use(neededMb);
        return new SimulatedContainer(callee, SimulatedContainer.State.COLD);
    }

    private void removeExpired(long now) {
        boolean removed = false;
        while (idle.oldest() != null && now - idle.oldest().idleSince >= idleLimit) {
            usedMb -= idle.takeOldest().memoryMb;
            removed = true;
        }
        if (removed) {
            replenish(now);
        }
    }

    private void replenish(long now) {
        for (SimulatedPrewarmed stock : prewarmed) {
            use(stock.replenish(totalMb - usedMb, now));
        }
    }

    private void use(int mb) {
        usedMb += mb;
        peakMb = Math.max(peakMb, usedMb);
    }
}
