package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DrawsTest {
    @Test
    void givesTheNumbersOfSplitMix64() {
        Draws draws = Draws.of(1234567);

        // Vigna's reference implementation, as quoted on Rosetta Code (pseudo-random numbers/Splitmix64).
        assertThat(new String[] {
                    Long.toUnsignedString(draws.next()),
                    Long.toUnsignedString(draws.next()),
                    Long.toUnsignedString(draws.next())
                })
                .containsExactly("6457827717110365317", "3203168211198807973", "9817491932198370423");
    }

    @Test
    void givesEachSubjectAStreamOfItsOwn() {
        long first = Draws.of(1, "a", "bc").next();

        assertThat(Draws.of(1, "a", "bc").next()).isEqualTo(first);
        assertThat(Draws.of(1, "ab", "c").next()).isNotEqualTo(first);
        assertThat(Draws.of(2, "a", "bc").next()).isNotEqualTo(first);
    }

    @Test
    void staysBelowTheBoundAndReachesAllBelowIt() {
        Draws draws = Draws.of(7);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            counts[draws.below(6)]++;
        }

        // Five standard deviations.
        assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(9_540, 10_460));
        assertThat(draws.below(1)).isZero();
    }
}
