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

        assertThat(pace.nanosUntilNext(-50)).isEqualTo(400_000);
        assertThat(pace.nanosUntilNext(-50)).isEqualTo(800_000);
        assertThat(pace.nanosUntilNext(700_000 - 50)).isEqualTo(500_000);
    }

    @Test
    void aPauseGivesTheBurstBackAndNoMore() {
        for (int packet = 0; packet < 16; packet++) {
            pace.nanosUntilNext(0);
        }

        assertThat(pace.nanosUntilNext(800_000)).isZero();
        assertThat(pace.nanosUntilNext(800_000)).isZero();
        assertThat(pace.nanosUntilNext(800_000)).isEqualTo(400_000);
        for (int packet = 0; packet < 16; packet++) {
            assertThat(pace.nanosUntilNext(1_000_000_000_000L)).isZero();
        }
        assertThat(pace.nanosUntilNext(1_000_000_000_000L)).isEqualTo(400_000);
    }
}
