package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedPoolTest {
    private static final long SECOND = 1_000_000;

    private final SimulationAgenda agenda = new SimulationAgenda();
    private final SimulatedCallee small = callee(0, 256, 1);
    private final SimulatedCallee other = callee(1, 256, 1);
    private final SimulatedCallee large = callee(2, 1024, 1);
    private final SimulatedCallee shared = callee(3, 256, 3);
    private final SimulatedPool pool = pool(List.of());

    @Test
    void aSecondCallFindsTheContainerWarmThenPausedThenGone() {
        SimulatedContainer container = pool.take(small, 0);
        assertThat(container.state).isEqualTo(SimulatedContainer.State.COLD);
        pool.release(container, SECOND);

        assertThat(pool.take(small, 10 * SECOND)).isSameAs(container);
        assertThat(container.state).isEqualTo(SimulatedContainer.State.WARM);
        pool.release(container, 10 * SECOND);

        assertThat(pool.take(small, 20 * SECOND)).isSameAs(container);
        assertThat(container.state).isEqualTo(SimulatedContainer.State.PAUSED);
        pool.release(container, 20 * SECOND);

        assertThat(pool.take(small, 620 * SECOND)).isNotSameAs(container);
        assertThat(pool.usedMb()).isEqualTo(256);
        assertThat(pool.lostToAnother(small, 620 * SECOND)).isFalse();
    }

    @Test
    void theOneIdleLongestMakesRoom() {
        SimulatedContainer first = pool.take(small, 0);
        SimulatedContainer second = pool.take(other, 0);
        pool.release(second, SECOND);
        pool.release(first, 2 * SECOND);

        pool.take(large, 3 * SECOND);

        assertThat(pool.usedMb()).isEqualTo(1280);
        assertThat(pool.lostToAnother(other, 4 * SECOND)).isTrue();
        assertThat(pool.lostToAnother(small, 4 * SECOND)).isFalse();
        assertThat(pool.take(small, 4 * SECOND)).isSameAs(first);
    }

    @Test
    void aContainerLostLongAgoWouldBeGoneAnyway() {
        pool.release(pool.take(small, 0), SECOND);
        pool.release(pool.take(other, 0), SECOND);
        pool.take(large, 2 * SECOND);

        assertThat(pool.lostToAnother(small, 601 * SECOND)).isFalse();
    }

    @Test
    void thereIsNoRoomWhileAllAreBusy() {
        SimulatedContainer container = pool.take(large, 0);
        pool.take(small, 0);

        assertThat(pool.take(small, 0)).isNull();
        pool.release(container, SECOND);
        assertThat(pool.take(small, SECOND)).isNotNull();
        assertThat(pool.peakMb()).isEqualTo(1280);
    }

    @Test
    void severalShareAContainerUpToItsConcurrency() {
        SimulatedContainer container = pool.take(shared, 0);

        assertThat(pool.take(shared, 0)).isSameAs(container);
        assertThat(pool.take(shared, 0)).isSameAs(container);
        assertThat(pool.take(shared, 0)).isNotSameAs(container);
        pool.release(container, SECOND);
        assertThat(pool.take(shared, SECOND)).isSameAs(container);
    }

    @Test
    void aBrokenContainerTakesNoMoreAndGoesWhenItIsEmpty() {
        SimulatedContainer container = pool.take(shared, 0);
        pool.take(shared, 0);
        pool.condemn(container);

        assertThat(pool.take(shared, 0)).isNotSameAs(container);
        pool.release(container, SECOND);
        assertThat(pool.usedMb()).isEqualTo(512);
        pool.release(container, SECOND);
        assertThat(pool.usedMb()).isEqualTo(256);
    }

    @Test
    void aPrewarmedContainerIsTakenFirstAndReplaced() {
        SimulatedPool prewarmed = pool(List.of(new SimulatedPlatform.Prewarmed("nodejs:20", 256, 1)));

        assertThat(prewarmed.take(small, 0).state).isEqualTo(SimulatedContainer.State.PREWARMED);
        assertThat(prewarmed.usedMb()).isEqualTo(512);
        assertThat(prewarmed.take(small, 0).state).isEqualTo(SimulatedContainer.State.COLD);
        agenda.step();
        assertThat(prewarmed.take(other, SECOND).state).isEqualTo(SimulatedContainer.State.PREWARMED);
    }

    private SimulatedPool pool(List<SimulatedPlatform.Prewarmed> prewarmed) {
        return new SimulatedPool(SimulatedPlatform.DEFAULT.withInvokers(1, 1280).withPrewarmed(prewarmed), 4, agenda);
    }

    private static SimulatedCallee callee(int index, int memoryMb, int concurrency) {
        return SimulatedCallee.ofCode(
                index,
                SimulatedNamespace.of("guest"),
                SimulatedAction.primitive("guest/" + index, SimulatedTime.fixed(1))
                        .withMemory(memoryMb)
                        .withConcurrency(concurrency),
                Optional.empty());
    }
}
