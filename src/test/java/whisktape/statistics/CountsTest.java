package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statistics on counts and on many comparisons: {@link Rate}, {@link TwoByTwo}, {@link BenjaminiHochberg}. */
final class CountsTest {
    /** Newcombe, Statistics in Medicine 17 (1998), pages 857 to 872, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718"})
    void givesWilsonsInterval(long hits, long n, double low, double high) {
        Interval interval = new Rate(hits, n).interval(0.95).orElseThrow();

        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void givesNewcombesIntervalForADifference() {
        // The same, pages 873 to 890, table II, method 10: 56 of 70 less 48 of 80.
        Interval interval = new Rate(48, 80).difference(new Rate(56, 70), 0.95).orElseThrow();

        assertThat(interval.low()).isCloseTo(0.0524, within(5e-5));
        assertThat(interval.high()).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void ratesHoldTheTruthAsOftenAsTheySay() {
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            Draws draws = Draws.of(i, "rate");
            int hits = 0;
            for (int call = 0; call < 500; call++) {
                hits += SimulatedLoad.uniform(draws) < 0.1 ? 1 : 0;
            }
            held += new Rate(hits, 500).interval(0.95).orElseThrow().contains(0.1) ? 1 : 0;
        }
        assertThat(held / 2_000.0).isBetween(0.94, 0.96);
    }

    @Test
    void saysNothingOfNoCalls() {
        assertThat(new Rate(0, 0).share()).isEmpty();
        assertThat(new Rate(0, 0).interval(0.95)).isEmpty();
        assertThat(new Rate(0, 0).difference(new Rate(1, 2), 0.95)).isEmpty();
        assertThat(new Rate(0, 0).pValue(new Rate(1, 2))).isEmpty();
        assertThatThrownBy(() -> new Rate(3, 2)).hasMessage("3 of 2");
    }

    @Test
    void tastesTea() {
        // Fisher, The Design of Experiments, chapter 2: three of four cups right.
        assertThat(new TwoByTwo(3, 1, 1, 3).pValue().orElseThrow()).isCloseTo(34 / 70.0, within(1e-12));
    }

    @Test
    void takesChiSquareWhereCountsAreLarge() {
        // SciPy: chi2_contingency([[192, 71], [55, 25]], correction=False).
        assertThat(new TwoByTwo(192, 71, 55, 25).pValue().orElseThrow()).isCloseTo(0.45802602222862776, within(1e-9));
    }

    @Test
    void leavesTheDiscoveriesOfThePaper() {
        // Benjamini and Hochberg 1995, section 3.1: thrombolysis, 15 comparisons, four stay at 0.05.
        double[] published = {
            0.3240, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.4262, 0.5719, 0.6528,
            0.7590, 1.000
        };

        double[] adjusted = BenjaminiHochberg.adjust(published);

        assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(4);
        assertThat(adjusted[4]).isCloseTo(0.0095 * 15 / 4, within(1e-12));
        assertThat(adjusted[0]).isCloseTo(0.3240 * 15 / 10, within(1e-12));
        assertThat(adjusted[1]).isCloseTo(0.0015, within(1e-12));
        assertThat(BenjaminiHochberg.adjust()).isEmpty();
    }

    @Test
    void neverAdjustsALargerPBelowASmaller() {
        assertThat(BenjaminiHochberg.adjust(0.04, 0.03, 0.02)).containsExactly(0.04, 0.04, 0.04);
    }
}
