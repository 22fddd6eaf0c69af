package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedLimiterTest {
    private static final long MINUTE = 60_000_000;

    private final SimulatedNamespace namespace = SimulatedNamespace.withDefaultLimits("guest");

    @Test
    void countsByTheMinuteOfTheClock() {
        SimulatedLimiter limiter = new SimulatedLimiter(namespace, 1);
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.refusesInvocation(MINUTE - 1)).isEmpty();
        }

        assertThat(limiter.refusesInvocation(MINUTE - 1))
                .contains("Too many requests in the last minute (count: 61, allowed: 60).");
        assertThat(limiter.refusesInvocation(MINUTE)).isEmpty();
    }

    @Test
    void countsFiresApart() {
        SimulatedLimiter limiter = new SimulatedLimiter(namespace, 1);
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.refusesFire(0)).isEmpty();
        }

        assertThat(limiter.refusesFire(0)).isPresent();
        assertThat(limiter.refusesInvocation(0)).isEmpty();
    }

    @Test
    void letsSoManyBeInFlight() {
        SimulatedLimiter limiter = new SimulatedLimiter(namespace, 1);
        for (int i = 0; i < 30; i++) {
            assertThat(limiter.refusesConcurrency()).isEmpty();
            limiter.began();
        }

        assertThat(limiter.refusesConcurrency())
                .contains("Too many concurrent requests in flight (count: 30, allowed: 30).");
        limiter.ended();
        assertThat(limiter.refusesConcurrency()).isEmpty();
    }

    @Test
    void grantsAFifthMoreWhereControllersShareALimit() {
        SimulatedLimiter limiter = new SimulatedLimiter(namespace, 2);
        for (int i = 0; i < 18; i++) {
            limiter.began();
        }

        assertThat(limiter.refusesConcurrency()).isPresent();
    }

    @Test
    void roundsASharedLimitDownButNotToNothing() {
        SimulatedNamespace narrow = new SimulatedNamespace("guest", "guest", 8, 1, 0, 0);
        SimulatedLimiter limiter = new SimulatedLimiter(narrow, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.refusesInvocation(0)).isEmpty();
        }

        // Eight and a fifth are ten; a third of that is three.
        assertThat(limiter.refusesInvocation(0)).isPresent();
        assertThat(limiter.refusesConcurrency()).isEmpty();
        assertThat(limiter.refusesFire(0)).isPresent();
    }
}
