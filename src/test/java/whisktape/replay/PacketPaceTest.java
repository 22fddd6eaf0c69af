package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PacketPaceTest {
    private final PacketPace pace = new PacketPace();

    @Test
    void afterABurstPacketsLeaveOneByOne() {
        for (int packet = 0; packet < 16; packet++) {
            assertThat(pace.nanosUntilNext(-50)).isZero();
        }

        assertThat(pace.nanosUntilNext(-50)).isEqualTo(200_000);
        assertThat(pace.nanosUntilNext(-50)).isEqualTo(400_000);
        assertThat(pace.nanosUntilNext(350_000 - 50)).isEqualTo(250_000);
    }

    @Test
    void aPauseGivesTheBurstBackAndNoMore() {
        for (int packet = 0; packet < 16; packet++) {
            pace.nanosUntilNext(0);
        }

        assertThat(pace.nanosUntilNext(400_000)).isZero();
        assertThat(pace.nanosUntilNext(400_000)).isZero();
        assertThat(pace.nanosUntilNext(400_000)).isEqualTo(200_000);
        for (int packet = 0; packet < 16; packet++) {
            assertThat(pace.nanosUntilNext(1_000_000_000_000L)).isZero();
        }
        assertThat(pace.nanosUntilNext(1_000_000_000_000L)).isEqualTo(200_000);
    }
}
