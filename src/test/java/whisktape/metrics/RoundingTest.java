package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundingTest {
    @Test
    void sixDigitsOfTheLargestStay() {
        assertThat(rounded(0.21666666666666667, 0.0123)).isEqualTo("round(a:b, 1e-6)");
        assertThat(rounded(-4.3e9)).isEqualTo("round(a:b, 1e4)");
        assertThat(rounded(Double.POSITIVE_INFINITY, 12.1)).isEqualTo("round(a:b, 1e-4)");
    }

    @Test
    void nothingIsRoundedWithinTheMiddle() {
        assertThat(rounded(0.5078125)).isEqualTo("round(a:b, 1e-7)");
    }

    @Test
    void aNothingIsZero() {
        assertThat(rounded()).isEqualTo("round(a:b, 1e-6)");
        assertThat(rounded(1.3e-17)).isEqualTo("round(a:b, 1e-12)");
    }

    @Test
    void notANumberIsLeftOut() {
        assertThat(rounded(Double.NaN, 0.3)).isEqualTo("round(a:b >= -Inf, 1e-6)");
    }

    private static String rounded(double... values) {
        List<Expectations.Sample> samples = Arrays.stream(values)
                .mapToObj(value -> new Expectations.Sample("{}", value))
                .toList();
        return Rounding.of(new Expectations.Samples("a:b", 0, samples));
    }
}
