package whisktape.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The containers of one invoker that have nothing to do: found by callee, removed by age. */
final class SimulatedIdle {
    private final List<Deque<SimulatedContainer>> byCallee = new ArrayList<>();
    private SimulatedContainer oldest;
    private SimulatedContainer newest;
    private int memoryMb;

    SimulatedIdle(int callees) {
        for (int i = 0; i < callees; i++) {
            byCallee.add(new ArrayDeque<>(2));
        }
    }

    int memoryMb() {
        return memoryMb;
    }

    /** The one that has been idle longest; null if there is none. */
    SimulatedContainer oldest() {
        return oldest;
    }

    void add(SimulatedContainer container, long now) {
        container.idleSince = now;
        container.older = newest;
        if (newest == null) {
            oldest = container;
        } else {
            newest.newer = container;
        }
        newest = container;
        memoryMb += container.memoryMb;
        byCallee.get(container.callee.index).addLast(container);
    }

    /** Takes out the callee's container that was used last; null if there is none. */
    SimulatedContainer take(SimulatedCallee callee) {
        SimulatedContainer container = byCallee.get(callee.index).pollLast();
        if (container != null) {
            unlink(container);
        }
        return container;
    }

    /** Takes out the one that has been idle longest. */
    SimulatedContainer takeOldest() {
        SimulatedContainer container = oldest;
        // Of its callee's it is the oldest too.
        byCallee.get(container.callee.index).removeFirst();
        unlink(container);
        return container;
    }

    private void unlink(SimulatedContainer container) {
        if (container.older == null) {
            oldest = container.newer;
        } else {
            container.older.newer = container.newer;
        }
        if (container.newer == null) {
            newest = container.older;
        } else {
            container.newer.older = container.older;
        }
        container.older = null;
        container.newer = null;
        memoryMb -= container.memoryMb;
    }
}
