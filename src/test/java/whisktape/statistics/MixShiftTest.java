package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MixShiftTest {
    @Test
    void seesThroughTheKidneyStones() {
        // Charig and others, British Medical Journal, 1986: open surgery against the new method, small and large
        // stones.
        MixShift shift = MixShift.ofRate(List.of(
                        new MixShift.RateStratum(new Rate(81, 87), new Rate(234, 270)),
                        new MixShift.RateStratum(new Rate(192, 263), new Rate(55, 80))))
                .orElseThrow();

        assertThat(shift.pooled()).isCloseTo(289 / 350.0 - 273 / 350.0, within(1e-12));
        assertThat(shift.within()).isNegative();
        assertThat(shift.opposed()).isEqualTo(2);
        assertThat(shift.isReversed()).isTrue();
    }

    @Test
    void takesAChangeOfMixForWhatItIs() {
        Sample fast = SimulatedLoad.sample(Draws.of(1), 900, 10, 0);
        Sample fewFast = SimulatedLoad.sample(Draws.of(2), 300, 10, 0);
        Sample slow = SimulatedLoad.sample(Draws.of(3), 300, 100, 0);
        Sample manySlow = SimulatedLoad.sample(Draws.of(4), 900, 100, 0);

        MixShift shift = MixShift.ofQuantile(
                        List.of(new MixShift.Stratum(fast, fewFast), new MixShift.Stratum(slow, manySlow)), 0.5)
                .orElseThrow();

        assertThat(shift.pooled()).isGreaterThan(60);
        assertThat(shift.within()).isBetween(-3.0, 3.0);
        assertThat(shift.mix()).isGreaterThan(57);
    }

    @Test
    void findsAllOfTheChangeWithinWhereTheMixStays() {
        Sample before = SimulatedLoad.sample(Draws.of(1), 100, 10, 0);
        Sample after = SimulatedLoad.sample(Draws.of(2), 100, 20, 0);

        MixShift shift = MixShift.ofQuantile(
                        List.of(new MixShift.Stratum(before, after), new MixShift.Stratum(before, after)), 0.9)
                .orElseThrow();

        assertThat(shift.within()).isCloseTo(shift.pooled(), within(1e-9));
        assertThat(shift.isReversed()).isFalse();
    }

    @Test
    void comparesOnlyWhatIsOnBothSides() {
        Sample some = Sample.inTimeOrder(1, 2, 3);
        Sample none = Sample.inTimeOrder();

        assertThat(MixShift.ofQuantile(List.of(new MixShift.Stratum(some, none)), 0.5))
                .isEmpty();
        assertThat(MixShift.ofRate(List.of(new MixShift.RateStratum(new Rate(0, 0), new Rate(1, 2)))))
                .isEmpty();
        assertThat(MixShift.ofQuantile(List.of(new MixShift.Stratum(some, none), new MixShift.Stratum(some, some)), 0.5)
                        .orElseThrow())
                .isEqualTo(new MixShift(0, 0, 1, 0));
    }
}
