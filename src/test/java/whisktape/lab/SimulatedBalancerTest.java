package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedBalancerTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<SimulatedInvoker> invokers = invokers(10);
    private final SimulatedBalancer balancer = new SimulatedBalancer(invokers, 512, 2);

    @Test
    void staysAtHomeWhileThereIsRoom() {
        SimulatedCallee callee = callee("nodejs:20", 1);
        SimulatedInvoker home = balancer.homeOf(callee);

        assertThat(balancer.place(callee, random)).isSameAs(home);
        assertThat(balancer.place(callee, random)).isSameAs(home);
        assertThat(balancer.place(callee, random)).isNotSameAs(home);
        balancer.release(callee, home);
        assertThat(balancer.place(callee, random)).isSameAs(home);
    }

    @Test
    void visitsAllManagedInvokersBeforeItOverloadsOne() {
        SimulatedCallee callee = callee("nodejs:20", 1);
        List<Integer> visited = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            visited.add(balancer.place(callee, random).index);
        }

        assertThat(new HashSet<>(visited)).hasSize(9).doesNotContain(9);
        assertThat(balancer.place(callee, random).index).isLessThan(9);
    }

    @Test
    void sendsBlackboxActionsToTheInvokerSetApart() {
        assertThat(balancer.place(callee("blackbox", 1), random).index).isEqualTo(9);
    }

    @Test
    void takesMemoryOnceForThoseWhoShareAContainer() {
        SimulatedCallee callee = callee("nodejs:20", 4);
        Set<Integer> visited = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            visited.add(balancer.place(callee, random).index);
        }

        assertThat(visited).hasSize(1);
        assertThat(balancer.place(callee, random).index).isNotIn(visited);
    }

    /** As OpenWhisk's own test of {@code pairwiseCoprimeNumbersUntil} has it. */
    @Test
    void findsStepSizesThatVisitEveryInvoker() {
        assertThat(SimulatedBalancer.stepSizes(1)).containsExactly(1);
        assertThat(SimulatedBalancer.stepSizes(2)).containsExactly(1);
        assertThat(SimulatedBalancer.stepSizes(3)).containsExactly(1, 2);
        assertThat(SimulatedBalancer.stepSizes(5)).containsExactly(1, 2, 3);
        assertThat(SimulatedBalancer.stepSizes(9)).containsExactly(1, 2, 5, 7);
        assertThat(SimulatedBalancer.stepSizes(10)).containsExactly(1, 3, 7);
    }

    @Test
    void letsAllOfAFewInvokersTakeOtherActionsToo() {
        SimulatedBalancer few = new SimulatedBalancer(invokers(5), 256, 2);
        Set<Integer> visited = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            visited.add(few.place(callee("nodejs:20", 1), random).index);
        }

        assertThat(visited).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(few.place(callee("blackbox", 1), random).index).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void hasInvokersForBothSortsOfActions(int number) {
        SimulatedBalancer few = new SimulatedBalancer(invokers(number), 512, 2);

        assertThat(few.place(callee("nodejs:20", 1), random)).isNotNull();
        assertThat(few.place(callee("blackbox", 1), random)).isNotNull();
    }

    private static List<SimulatedInvoker> invokers(int number) {
        List<SimulatedInvoker> invokers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            invokers.add(new SimulatedInvoker(i, SimulatedPlatform.DEFAULT, 0, 2, new SimulationAgenda()));
        }
        return invokers;
    }

    private static SimulatedCallee callee(String kind, int concurrency) {
        return SimulatedCallee.ofCode(
                1,
                SimulatedNamespace.of("guest"),
                SimulatedAction.primitive("guest/hello", SimulatedTime.fixed(1))
                        .ofKind(kind)
                        .withConcurrency(concurrency),
                Optional.empty());
    }
}
