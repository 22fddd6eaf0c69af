package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantilesTest {
    @Test
    void interpolatesAsPercentileContDoes() {
        Sample sample = Sample.inTimeOrder(10, 3, 7, 1, 9, 2, 8, 4, 6, 5);

        // R: quantile(1:10, c(0, .25, .5, .9, 1)), whose default is type 7.
        assertThat(Quantiles.of(sample, 0)).hasValue(1);
        assertThat(Quantiles.of(sample, 0.25)).hasValue(3.25);
        assertThat(Quantiles.of(sample, 0.5)).hasValue(5.5);
        assertThat(Quantiles.of(sample, 0.9).orElseThrow()).isCloseTo(9.1, within(1e-12));
        assertThat(Quantiles.of(sample, 1)).hasValue(10);
    }

    @Test
    void hasNoQuantileOfNothing() {
        assertThat(Quantiles.of(Sample.inTimeOrder(), 0.5)).isEmpty();
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> Sample.inTimeOrder(1, Double.NaN)).hasMessage("value 1 is NaN");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 6, 8", "0.9, 29, 44", "0.95, 59, 90", "0.99, 299, 459", "0.999, 2995, 4603", "0.1, 29, 44"})
    void needsRowsForAnInterval(double p, int at95, int at99) {
        assertThat(Quantiles.minimumRows(p, 0.95)).isEqualTo(at95);
        assertThat(Quantiles.minimumRows(p, 0.99)).isEqualTo(at99);
        assertThat(Quantiles.interval(SimulatedLoad.sample(Draws.of(1), at95 - 1, 100, 0), p, 0.95))
                .isEmpty();
        assertThat(Quantiles.interval(SimulatedLoad.sample(Draws.of(1), at95, 100, 0), p, 0.95))
                .isPresent();
    }

    /** Tables of the median's interval, such as Conover's, Practical Nonparametric Statistics. */
    @ParameterizedTest
    @CsvSource({"6, 1, 6", "10, 2, 9", "20, 6, 15"})
    void takesTheRanksOfTheTables(int n, int low, int high) {
        assertThat(Quantiles.ranks(n, 0.5, 0.95)).containsExactly(low, high);
    }

    @Test
    void neverPromisesMoreThanItsRanksHold() {
        for (double p : new double[] {0.05, 0.5, 0.9, 0.95, 0.99}) {
            for (double level : new double[] {0.9, 0.95, 0.99}) {
                int least = Quantiles.minimumRows(p, level);
                for (int n = least; n < least + 400; n++) {
                    int[] ranks = Quantiles.ranks(n, p, level);
                    assertThat(Quantiles.coverage(BinomialDistribution.of(n, p), ranks[0], ranks[1]))
                            .as("n %d, p %s, level %s", n, p, level)
                            .isGreaterThanOrEqualTo(level);
                }
            }
        }
    }

    /** Ranks are whole, so that a level can only be exceeded: a little with many rows, more in a tail with few. */
    @ParameterizedTest
    @CsvSource({"0.5, 1000", "0.95, 1000", "0.99, 2000"})
    void holdsTheTruthAsOftenAsItSays(double p, int n) {
        double truth = Quantiles.ofSorted(
                SimulatedLoad.sample(Draws.of(0, "truth"), 2_000_000, 100, 0).sorted(), p);
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            Sample sample = SimulatedLoad.sample(Draws.of(i, "coverage"), n, 100, 0);
            held += Quantiles.interval(sample, p, 0.95).orElseThrow().contains(truth) ? 1 : 0;
        }
        assertThat(held / 2_000.0).isBetween(0.94, 0.965);
    }
}
