package whisktape.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How one controller chooses invokers, as OpenWhisk's sharding balancer does: first the callee's home, then onwards in steps
 * that visit every invoker, to the first with room in this controller's share of it; if none has, one at random.
 */
final class SimulatedBalancer {
    private static final int BLACKBOX_SHARE = 10;

    private final List<SimulatedInvoker> managed;
    private final List<SimulatedInvoker> blackbox;
    private final int[] managedSteps;
    private final int[] blackboxSteps;
    private final int[] freeMb;

    /** By invoker and callee, how many are in flight; only kept where containers take several at a time. */
    private final int[][] inFlight;

    SimulatedBalancer(List<SimulatedInvoker> invokers, int shareMb, int callees) {
        int apart = Math.max(1, invokers.size() / BLACKBOX_SHARE);
        // Of fewer than ten, all take other actions too.
        int together = invokers.size() - invokers.size() / BLACKBOX_SHARE;
        this.managed = invokers.subList(0, together);
        this.blackbox = invokers.subList(invokers.size() - apart, invokers.size());
        this.freeMb = new int[invokers.size()];
        this.inFlight = new int[invokers.size()][callees];
        this.managedSteps = stepSizes(together);
        this.blackboxSteps = stepSizes(apart);
        Arrays.fill(freeMb, shareMb);
    }

    SimulatedInvoker place(SimulatedCallee callee, SplittableRandom random) {
        List<SimulatedInvoker> group = groupOf(callee);
        int hash = callee.hash();
        int[] steps = group == managed ? managedSteps : blackboxSteps;
        int step = steps[hash % steps.length];
        int at = hash % group.size();
        for (int tried = 0; tried < group.size(); tried++) {
            SimulatedInvoker invoker = group.get(at);
            if (freeMb[invoker.index] >= neededMb(callee, invoker)) {
                return take(callee, invoker);
            }
            at = (at + step) % group.size();
        }
        return take(callee, group.get(random.nextInt(group.size())));
    }

    /** The invoker where a callee is at home. */
    SimulatedInvoker homeOf(SimulatedCallee callee) {
        List<SimulatedInvoker> group = groupOf(callee);
        return group.get(callee.hash() % group.size());
    }

    void release(SimulatedCallee callee, SimulatedInvoker invoker) {
        inFlight[invoker.index][callee.index]--;
        freeMb[invoker.index] += neededMb(callee, invoker);
    }

    /** Numbers up to this one, pairwise without a common divisor, and without one with it. */
    static int[] stepSizes(int invokers) {
        List<Integer> sizes = new ArrayList<>();
        for (int candidate = 1; candidate <= invokers; candidate++) {
            int step = candidate;
            if (gcd(step, invokers) == 1 && sizes.stream().allMatch(size -> gcd(size, step) == 1)) {
                sizes.add(step);
            }
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<SimulatedInvoker> groupOf(SimulatedCallee callee) {
        return callee.code.kind().equals("blackbox") ? blackbox : managed;
    }

    private SimulatedInvoker take(SimulatedCallee callee, SimulatedInvoker invoker) {
        freeMb[invoker.index] -= neededMb(callee, invoker);
        inFlight[invoker.index][callee.index]++;
        return invoker;
    }

    /** What one more takes: nothing if there is room in a container for which memory is taken already. */
    private int neededMb(SimulatedCallee callee, SimulatedInvoker invoker) {
        boolean opens = inFlight[invoker.index][callee.index] % callee.code.concurrency() == 0;
        return opens ? callee.code.memoryMb() : 0;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
