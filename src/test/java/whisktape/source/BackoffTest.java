package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(100);
    private static final Duration MOST = Duration.ofSeconds(1500);

    /** Always draws the longest wait. */
    private final Backoff backoff = new Backoff(FIRST, MOST, new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new IllegalStateException("only bounded numbers are drawn");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    });

    @Test
    void waitsForNothingAtFirst() {
        assertThat(backoff.left()).isZero();
    }

    @Test
    void doublesUpToTheMost() {
        for (long seconds : new long[] {100, 200, 400, 800, 1500, 1500}) {
            backoff.failed(Optional.empty());

            assertThat(backoff.left()).isBetween(Duration.ofSeconds(seconds - 50), Duration.ofSeconds(seconds));
        }
    }

    @Test
    void beginsAnewAfterSuccess() {
        backoff.failed(Optional.empty());
        backoff.failed(Optional.empty());
        backoff.succeeded();

        assertThat(backoff.left()).isZero();
        backoff.failed(Optional.empty());
        assertThat(backoff.left()).isBetween(Duration.ofSeconds(50), FIRST);
    }

    @Test
    void waitsAtLeastAsLongAsTheServerAsks() {
        backoff.failed(Optional.of(Duration.ofHours(3)));

        assertThat(backoff.left()).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void drawsWaitsAtRandom() {
        Backoff drawn = new Backoff(FIRST, MOST, RandomGenerator.of("L64X128MixRandom"));
        drawn.failed(Optional.empty());
        Duration one = drawn.left();
        drawn.succeeded();
        drawn.failed(Optional.empty());

        assertThat(one).isLessThanOrEqualTo(FIRST);
        assertThat(drawn.left()).isNotEqualTo(one).isLessThanOrEqualTo(FIRST);
    }
}
