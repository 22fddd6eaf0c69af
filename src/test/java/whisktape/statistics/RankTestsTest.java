package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;

/** The statistics on ranks of two samples: {@link MannWhitney} and {@link HodgesLehmann}. */
final class RankTestsTest {
    /** Permeability of membranes at term and earlier: Hollander and Wolfe, table 4.1; R's {@code example(wilcox.test)}. */
    private static final Sample TERM = Sample.inTimeOrder(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);

    private static final Sample EARLIER = Sample.inTimeOrder(1.15, 0.88, 0.90, 0.74, 1.21);

    @Test
    void findsTheShiftOfTheBook() {
        assertThat(HodgesLehmann.shift(EARLIER, TERM).orElseThrow()).isCloseTo(0.305, within(1e-9));
        // R: wilcox.test(x, y, conf.int = TRUE).
        Interval interval = HodgesLehmann.interval(EARLIER, TERM, 0.95).orElseThrow();
        assertThat(interval.low()).isCloseTo(-0.15, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.76, within(1e-9));
    }

    @Test
    void findsTheMedianOfAllDifferencesWithoutWritingThemDown() {
        for (int seed = 0; seed < 50; seed++) {
            Sample before = SimulatedLoad.wholeMilliseconds(Draws.of(seed, "before"), 1 + seed, 20, 0);
            Sample after = SimulatedLoad.sample(Draws.of(seed, "after"), 1 + seed * 7 % 31, 25, 0);
            double[] differences = Arrays.stream(after.values())
                    .flatMap(value -> Arrays.stream(before.values()).map(other -> value - other))
                    .toArray();

            assertThat(HodgesLehmann.shift(before, after))
                    .isEqualTo(Quantiles.of(Sample.inTimeOrder(differences), 0.5));
        }
    }

    @Test
    void hasNoIntervalForThreeRunsASide() {
        Sample three = Sample.inTimeOrder(1, 2, 3);
        Sample four = Sample.inTimeOrder(11, 12, 13, 14);

        assertThat(HodgesLehmann.interval(three, three, 0.95)).isEmpty();
        assertThat(HodgesLehmann.interval(three, Sample.inTimeOrder(), 0.95)).isEmpty();
        assertThat(HodgesLehmann.interval(Sample.inTimeOrder(1, 2, 3, 4), four, 0.95))
                .contains(new Interval(7, 13));
    }

    @Test
    void shiftIntervalHoldsTheTruthAsOftenAsItSays() {
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            Draws draws = Draws.of(i, "shift");
            held += HodgesLehmann.interval(
                                    SimulatedLoad.sample(draws, 40, 100, 0),
                                    SimulatedLoad.sample(draws, 50, 100, 0),
                                    0.95)
                            .orElseThrow()
                            .contains(0)
                    ? 1
                    : 0;
        }
        assertThat(held / 2_000.0).isBetween(0.94, 0.96);
    }

    @Test
    void comparesTwoSmallSamplesExactly() {
        // SciPy's example for mannwhitneyu: U = 17 of 20, exact p = 0.111.
        MannWhitney test = MannWhitney.of(Sample.inTimeOrder(20, 11, 17, 12), Sample.inTimeOrder(19, 22, 16, 29, 24))
                .orElseThrow();

        assertThat(test.delta()).isCloseTo(0.7, within(1e-12));
        assertThat(test.pValue()).isCloseTo(0.1111111, within(1e-6));
    }

    @Test
    void correctsForTiesAsTheLibraryDoes() {
        for (int seed = 0; seed < 20; seed++) {
            Sample before = SimulatedLoad.wholeMilliseconds(Draws.of(seed, "before"), 80, 4, 0);
            Sample after = SimulatedLoad.wholeMilliseconds(Draws.of(seed, "after"), 120, 5, 0);
            MannWhitneyUTest.Result expected = MannWhitneyUTest.withDefaults()
                    .with(PValueMethod.ASYMPTOTIC)
                    .test(after.values(), before.values());

            MannWhitney test = MannWhitney.of(before, after).orElseThrow();

            assertThat(test.pValue()).isCloseTo(expected.getPValue(), within(1e-12));
            assertThat(test.delta()).isCloseTo(2 * expected.getStatistic() / (80 * 120) - 1, within(1e-12));
        }
    }

    @Test
    void raisesNoAlarmForBurstsIfItKeepsThemTogether() {
        int naive = 0;
        int inBlocks = 0;
        int independent = 0;
        for (int i = 0; i < 1_000; i++) {
            Draws draws = Draws.of(i, "a/a");
            MannWhitney bursts = MannWhitney.of(
                            SimulatedLoad.sample(draws, 500, 100, 0.8), SimulatedLoad.sample(draws, 500, 100, 0.8))
                    .orElseThrow();
            MannWhitney calm = MannWhitney.of(
                            SimulatedLoad.sample(draws, 500, 100, 0), SimulatedLoad.sample(draws, 500, 100, 0))
                    .orElseThrow();
            naive += bursts.pValue() <= 0.05 ? 1 : 0;
            inBlocks += bursts.pValueInBlocks() <= 0.05 ? 1 : 0;
            independent += calm.pValueInBlocks() <= 0.05 ? 1 : 0;
        }
        assertThat(naive).isGreaterThan(400);
        assertThat(inBlocks).isBetween(30, 70);
        assertThat(independent).isBetween(30, 65);
    }

    @Test
    void findsAPlantedTwentyPercentInThreeHundredCalls() {
        int found = 0;
        for (int i = 0; i < 500; i++) {
            Draws draws = Draws.of(i, "planted");
            Sample before = SimulatedLoad.wholeMilliseconds(draws, 300, 100, 0);
            Sample after = SimulatedLoad.wholeMilliseconds(draws, 300, 120, 0);
            found += MannWhitney.of(before, after).orElseThrow().pValueInBlocks() <= 0.05 ? 1 : 0;
        }
        assertThat(found / 500.0).isGreaterThan(0.97);
    }

    @Test
    void hasNothingToSayOfConstants() {
        Sample threes = Sample.inTimeOrder(new double[100]);

        assertThat(MannWhitney.of(threes, threes)).contains(new MannWhitney(0, 1, 1));
        assertThat(MannWhitney.of(threes, Sample.inTimeOrder())).isEmpty();
    }

    @Test
    void variesAsAMeanOfIndependentRowsDoesInBlocksOfOne() {
        // Variance 2.5 of five values.
        assertThat(MeanOfBlocks.variance(new double[] {1, 2, 3, 4, 5}, 1)).isCloseTo(0.5, within(1e-12));
    }
}
