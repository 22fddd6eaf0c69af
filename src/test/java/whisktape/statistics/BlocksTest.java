package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of rows that depend on their neighbours, beside quantiles: shifts, rates; and of runs. */
final class BlocksTest {
    @ParameterizedTest
    @CsvSource({"100, 0", "300, 0.5", "300, 0.8"})
    void shiftIntervalHoldsTheTruthAsOftenAsItSays(int n, double memory) {
        int held = 0;
        for (int i = 0; i < 1_000; i++) {
            Draws draws = Draws.of(i, "shift in blocks");
            double[] later = SimulatedLoad.times(draws, n, 100, memory);
            Arrays.setAll(later, call -> later[call] + 20);
            held += HodgesLehmann.intervalInBlocks(
                                    SimulatedLoad.sample(draws, n, 100, memory), Sample.inTimeOrder(later), 0.95)
                            .orElseThrow()
                            .contains(20)
                    ? 1
                    : 0;
        }
        assertThat(held / 1_000.0).isBetween(0.93, 0.97);
    }

    @Test
    void shiftIntervalIsNeverNarrowerThanTheClassicalOne() {
        Sample before = SimulatedLoad.sample(Draws.of(1), 30, 100, 0);
        Sample after = SimulatedLoad.sample(Draws.of(2), 25, 120, 0);
        Interval classical = HodgesLehmann.interval(before, after, 0.95).orElseThrow();
        Interval inBlocks = HodgesLehmann.intervalInBlocks(before, after, 0.95).orElseThrow();

        assertThat(inBlocks.low()).isLessThanOrEqualTo(classical.low());
        assertThat(inBlocks.high()).isGreaterThanOrEqualTo(classical.high());
        assertThat(HodgesLehmann.intervalInBlocks(Sample.inTimeOrder(1, 2, 3), Sample.inTimeOrder(1, 2, 3), 0.95))
                .isEmpty();
    }

    @Test
    void aFewBurstsAreNotSureHoweverFarApartTheyAre() {
        double[] before = new double[60];
        double[] after = new double[60];
        Arrays.setAll(before, call -> call / 20 * 10 + call % 3);
        Arrays.setAll(after, call -> 5 + call / 20 * 14 + call % 3);

        MannWhitney test = MannWhitney.of(Sample.inTimeOrder(before), Sample.inTimeOrder(after))
                .orElseThrow();

        assertThat(test.pValue()).isLessThan(0.001);
        assertThat(test.pValueInBlocks()).isGreaterThan(0.05);
    }

    /** What such a rate is for; the interval of independent calls holds the truth less than half of the time. */
    @ParameterizedTest
    @CsvSource({"300, 0.1, 0, 0.94, 0.98", "1000, 0.1, 0.8, 0.92, 0.97", "3000, 0.7, 0.8, 0.92, 0.97"})
    void ratesInBurstsHoldTheTruthAsOftenAsTheySay(int n, double share, double memory, double least, double most) {
        int held = 0;
        int alarms = 0;
        for (int i = 0; i < 1_000; i++) {
            Draws draws = Draws.of(i, "rate in bursts");
            RateInTime before = rate(SimulatedLoad.hits(draws, n, share, memory));
            RateInTime after = rate(SimulatedLoad.hits(draws, n, share, memory));
            held += before.difference(after, 0.95).orElseThrow().contains(0) ? 1 : 0;
            alarms += before.pValue(after).orElse(1) <= 0.05 ? 1 : 0;
        }
        assertThat(held / 1_000.0).isBetween(least, most);
        assertThat(alarms / 1_000.0).isBetween(0.02, 0.08);
    }

    @Test
    void independentCallsAreWorthWhatTheyAre() {
        RateInTime rate = rate(SimulatedLoad.hits(Draws.of(1), 2_000, 0.2, 0));
        RateInTime bursts = rate(SimulatedLoad.hits(Draws.of(1), 2_000, 0.2, 0.8));

        assertThat(rate.worth()).isBetween(1_500.0, 2_000.0);
        assertThat(bursts.worth()).isBetween(100.0, 400.0);
        assertThat(rate(new double[500]).worth()).isEqualTo(500);
    }

    @Test
    void runsTogetherAreWorthTheirSum() {
        RateInTime one = rate(1, 0, 0, 0, 1, 0, 0, 0, 0, 0);
        RateInTime both = RateInTime.together(List.of(one, one));

        assertThat(both.rate()).isEqualTo(new Rate(4, 20));
        assertThat(both.worth()).isEqualTo(2 * one.worth());
    }

    @Test
    void saysNothingOfRatesOfNoCalls() {
        RateInTime none = rate();

        assertThat(none.difference(rate(1, 0), 0.95)).isEmpty();
        assertThat(none.pValue(rate(1, 0))).isEmpty();
        assertThat(RateInTime.together(List.of(none)).rate()).isEqualTo(new Rate(0, 0));
    }

    @Test
    void tellsMeansOfRunsApartAsWelchDid() {
        // SciPy: ttest_ind([3, 4, 1, 2.1], [4.9, 5.3, 7.2, 6.1, 5.9], equal_var=False).
        assertThat(WelchTest.pValue(Sample.inTimeOrder(3, 4, 1, 2.1), Sample.inTimeOrder(4.9, 5.3, 7.2, 6.1, 5.9))
                        .orElseThrow())
                .isCloseTo(0.006151238469451696, within(1e-9));
        assertThat(WelchTest.pValue(Sample.inTimeOrder(3), Sample.inTimeOrder(4, 5)))
                .isEmpty();
        assertThat(WelchTest.pValue(Sample.inTimeOrder(3, 3), Sample.inTimeOrder(3, 3)))
                .hasValue(1);
        assertThat(WelchTest.pValue(Sample.inTimeOrder(3, 3), Sample.inTimeOrder(4, 4)))
                .hasValue(0);
    }

    private static RateInTime rate(double... hits) {
        return RateInTime.of(new Rate((long) Arrays.stream(hits).sum(), hits.length), Sample.inTimeOrder(hits));
    }
}
