package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantileBootstrapTest {
    private static final QuantileBootstrap QUICK = new QuantileBootstrap(0.95, 399);

    @ParameterizedTest
    @CsvSource({"0.5, 1", "0.5, 7", "0.95, 30", "0.99, 100", "0, 3", "1, 3"})
    void resamplesAsIfItLaidOutAndSortedEachResample(double p, int length) {
        for (double median : new double[] {3, 300}) {
            Sample sample = SimulatedLoad.wholeMilliseconds(Draws.of(5), 1_000, median, 0.9);
            BlockResampler resampler = new BlockResampler(sample, p, length);
            Draws draws = Draws.of(6);
            Draws same = Draws.of(6);
            for (int i = 0; i < 200; i++) {
                assertThat(resampler.next(draws)).isEqualTo(laidOut(sample.values(), p, length, same));
            }
        }
    }

    private static double laidOut(double[] values, double p, int length, Draws draws) {
        double[] resample = new double[values.length];
        for (int i = 0; i < values.length; i += length) {
            int start = draws.below(values.length - length + 1);
            System.arraycopy(values, start, resample, i, Math.min(length, values.length - i));
        }
        Arrays.sort(resample);
        return Quantiles.ofSorted(resample, p);
    }

    @Test
    void keepsNeighboursTogetherWhereTheyAreAlike() {
        assertThat(BlockLength.of(SimulatedLoad.sample(Draws.of(1), 5_000, 100, 0), 0.5))
                .isLessThanOrEqualTo(4);
        assertThat(BlockLength.of(SimulatedLoad.sample(Draws.of(1), 5_000, 100, 0.5), 0.5))
                .isBetween(15, 60);
        assertThat(BlockLength.of(SimulatedLoad.sample(Draws.of(1), 5_000, 100, 0.95), 0.5))
                .isBetween(150, 213);
        assertThat(BlockLength.of(Sample.inTimeOrder(new double[5_000]), 0.5)).isEqualTo(1);
    }

    /** 94 to 96 % is what one asks for; the median reaches it, the tail errs on the safe side, dependence costs a little. */
    @ParameterizedTest
    @CsvSource({
        "300, 0, 0.5, 0.94, 0.96",
        "300, 0, 0.95, 0.94, 0.98",
        "300, 0.5, 0.5, 0.93, 0.96",
        "300, 0.8, 0.5, 0.93, 0.97",
        "300, 0.8, 0.95, 0.93, 0.97",
        "1000, 0.95, 0.5, 0.92, 0.96",
        "1000, 0.8, 0.99, 0.92, 0.96",
    })
    void holdsTheTruthAsOftenAsItSays(int n, double memory, double p, double least, double most) {
        int held = 0;
        int told = 0;
        for (int i = 0; i < 2_000; i++) {
            Draws draws = Draws.of(i, "coverage");
            Optional<QuantileBootstrap.Difference> difference = QUICK.difference(
                    SimulatedLoad.sample(draws, n, 100, memory), SimulatedLoad.sample(draws, n, 100, memory), p, draws);
            told += difference.isPresent() ? 1 : 0;
            held += difference.isPresent() && difference.get().interval().contains(0) ? 1 : 0;
        }
        assertThat(told).isGreaterThan(1_950);
        assertThat((double) held / told).isBetween(least, most);
    }

    @Test
    void forgetsBurstsIfRowsAreTakenAsIndependent() {
        int held = 0;
        for (int i = 0; i < 400; i++) {
            Sample sample = SimulatedLoad.sample(Draws.of(i, "naive"), 300, 100, 0.8);
            held += Quantiles.interval(sample, 0.5, 0.95).orElseThrow().contains(100) ? 1 : 0;
        }
        // What blocks are for: the interval of independent rows, asked for 95 %.
        assertThat(held / 400.0).isLessThan(0.7);
    }

    @Test
    void saysNothingOfTooFewRows() {
        Sample enough = SimulatedLoad.sample(Draws.of(1), 59, 100, 0);
        Sample few = SimulatedLoad.sample(Draws.of(2), 58, 100, 0);

        assertThat(QUICK.difference(enough, enough, 0.95, Draws.of(1))).isPresent();
        assertThat(QUICK.difference(enough, few, 0.95, Draws.of(1))).isEmpty();
        assertThat(QUICK.interval(few, 0.95, Draws.of(1))).isEmpty();
        assertThat(QUICK.difference(Sample.inTimeOrder(), few, 0.5, Draws.of(1)))
                .isEmpty();
    }

    @Test
    void saysNothingOfRowsThatAreOneLongWave() {
        double[] wave = new double[60];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = i;
        }
        Sample sample = Sample.inTimeOrder(wave);

        assertThat(QUICK.difference(sample, sample, 0.5, Draws.of(1))).isEmpty();
    }

    @Test
    void findsNothingBetweenEqualMilliseconds() {
        double[] threes = new double[100];
        Arrays.fill(threes, 3);
        Sample sample = Sample.inTimeOrder(threes);

        QuantileBootstrap.Difference difference =
                QUICK.difference(sample, sample, 0.5, Draws.of(1)).orElseThrow();

        assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
        assertThat(difference.pValue()).isEqualTo(1);
    }

    @Test
    void tellsASmallPFromATinyOne() {
        Sample before = SimulatedLoad.sample(Draws.of(1), 500, 100, 0);
        Sample after = SimulatedLoad.sample(Draws.of(2), 500, 200, 0);

        assertThat(QUICK.difference(before, after, 0.5, Draws.of(1))
                        .orElseThrow()
                        .pValue())
                .isBetween(0.0, 1e-6);
    }

    @Test
    void givesTheSameToTheLastBit() {
        Sample before = SimulatedLoad.wholeMilliseconds(Draws.of(1), 400, 100, 0.5);
        Sample after = SimulatedLoad.wholeMilliseconds(Draws.of(2), 300, 110, 0.5);

        QuantileBootstrap.Difference difference = QuantileBootstrap.USUAL
                .difference(before, after, 0.5, Draws.of(3, "pinned"))
                .orElseThrow();

        assertThat(difference)
                .isEqualTo(QuantileBootstrap.USUAL
                        .difference(before, after, 0.5, Draws.of(3, "pinned"))
                        .orElseThrow());
        assertThat(difference.toString())
                .isEqualTo(
                        "Difference[before=101.5, after=105.5, interval=Interval[low=-10.612555664000013, high=25.200269559999995], pValue=0.562, blockBefore=15, blockAfter=15]");
    }
}
