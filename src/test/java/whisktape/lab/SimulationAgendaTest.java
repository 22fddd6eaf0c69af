package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationAgendaTest {
    private final SimulationAgenda agenda = new SimulationAgenda();

    @Test
    void letsThingsHappenInOrderHoweverManyThereAre() {
        SplittableRandom random = new SplittableRandom(1);
        List<Long> happened = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            agenda.at(random.nextLong(1_000), happened::add);
        }
        for (int i = 0; i < 2_000; i++) {
            agenda.step();
            agenda.at(happened.get(happened.size() - 1) + random.nextLong(1_000), happened::add);
        }
        while (!agenda.isEmpty()) {
            agenda.step();
        }

        assertThat(happened).hasSize(7_000).isSorted();
    }

    @Test
    void keepsTheOrderOfThingsAtTheSameMoment() {
        List<Integer> happened = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            agenda.at(7, now -> happened.add(number));
        }
        while (!agenda.isEmpty()) {
            agenda.step();
        }

        assertThat(happened).hasSize(100).isSorted();
    }
}
