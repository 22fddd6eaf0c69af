package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private final Lateness lateness = new Lateness();

    @Test
    void isZeroWithoutEvents() {
        assertThat(lateness.percentileNanos(99)).isZero();
        assertThat(lateness.maxNanos()).isZero();
    }

    @Test
    void findsPercentilesWithinTwoPercentAndTheMaximumExactly() {
        for (long nanos = 1; nanos <= 1_000_000; nanos++) {
            lateness.add(nanos);
        }

        assertThat(lateness.percentileNanos(50)).isCloseTo(500_000, Percentage.withPercentage(1.6));
        assertThat(lateness.percentileNanos(99)).isCloseTo(990_000, Percentage.withPercentage(1.6));
        assertThat(lateness.percentileNanos(50)).isGreaterThanOrEqualTo(500_000);
        assertThat(lateness.maxNanos()).isEqualTo(1_000_000);
    }

    @Test
    void isExactWhereValuesAreSmall() {
        for (long nanos = 0; nanos < 100; nanos++) {
            lateness.add(nanos);
        }

        assertThat(lateness.percentileNanos(50)).isEqualTo(49);
        assertThat(lateness.percentileNanos(99)).isEqualTo(98);
    }

    @Test
    void takesAnyValue() {
        lateness.add(Long.MAX_VALUE);
        lateness.add(0);

        assertThat(lateness.percentileNanos(50)).isZero();
        assertThat(lateness.percentileNanos(99)).isEqualTo(Long.MAX_VALUE);
    }
}
