package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulatedTimeTest {
    private static final int DRAWS = 100_001;

    @Test
    void aLognormalHasItsMedianAndItsWidth() {
        long[] drawn = drawn(SimulatedTime.lognormal(100, 0.5));

        assertThat(drawn[DRAWS / 2] / 1_000.0).isCloseTo(100, within(1.5));
        // One standard deviation of the logarithm above the median.
        assertThat(drawn[(int) (DRAWS * 0.8413)] / 1_000.0).isCloseTo(100 * Math.exp(0.5), within(2.5));
    }

    @Test
    void aBimodalOneIsTheOtherInItsShareOfCases() {
        long[] drawn = drawn(SimulatedTime.bimodal(SimulatedTime.fixed(10), 0.25, SimulatedTime.fixed(90)));

        assertThat(LongStream.of(drawn).filter(micros -> micros == 90_000).count() / (double) DRAWS)
                .isCloseTo(0.25, within(0.01));
        assertThat(drawn).containsOnly(10_000, 90_000);
    }

    @Test
    void aUniformOneIsBetweenItsBounds() {
        long[] drawn = drawn(SimulatedTime.uniform(100, 400));

        assertThat(drawn[0]).isBetween(100_000L, 101_000L);
        assertThat(drawn[DRAWS - 1]).isBetween(399_000L, 400_000L);
    }

    @Test
    void allBecomeLongerByAFactor() {
        SimulatedTime time = SimulatedTime.bimodal(
                SimulatedTime.lognormal(10, 0.3), 0.5, SimulatedTime.uniform(5, SimulatedTime.MICROS_PER_MS));

        assertThat(time.times(3).drawMicros(new SplittableRandom(4)) / 3.0)
                .isCloseTo(time.drawMicros(new SplittableRandom(4)), within(1.0));
        assertThat(SimulatedTime.fixed(2).times(3)).isEqualTo(SimulatedTime.fixed(6));
    }

    private static long[] drawn(SimulatedTime time) {
        SplittableRandom random = new SplittableRandom(1);
        return LongStream.generate(() -> time.drawMicros(random))
                .limit(DRAWS)
                .sorted()
                .toArray();
    }
}
