package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long MS = 1_000_000;

    @Test
    void keepsRecordedDistances() {
        assertThat(due(Pacing.RECORDED, 1000, 1010, 1500)).containsExactly(0, 10 * MS, 500 * MS);
    }

    @Test
    void dividesDistancesBySpeed() {
        assertThat(due(Pacing.RECORDED.at(new Speed(10)), 1000, 1010, 1500)).containsExactly(0, MS, 50 * MS);
        assertThat(due(Pacing.RECORDED.at(new Speed(0.5)), 1000, 1010)).containsExactly(0, 20 * MS);
    }

    @Test
    void isNeverEarlierThanTheExactTime() {
        assertThat(due(Pacing.RECORDED.at(new Speed(3)), 0, 1, 2, 10)).containsExactly(0, 333_334, 666_667, 3_333_334);
    }

    @Test
    void makesEverythingDueAtOnceAtFullSpeed() {
        assertThat(due(Pacing.RECORDED.at(Speed.MAX), 1000, 1010, 900_000)).containsExactly(0, 0, 0);
    }

    @Test
    void makesWhatStepsBackOrHasNoTimeDueWithItsPredecessor() {
        assertThat(due(Pacing.RECORDED, SelectedEvent.UNKNOWN, 1000, 1020, 1005, SelectedEvent.UNKNOWN, 1030))
                .containsExactly(0, 0, 20 * MS, 20 * MS, 20 * MS, 30 * MS);
    }

    @Test
    void shortensPausesBeforeTheSpeedCounts() {
        Pacing pacing = Pacing.RECORDED.at(new Speed(2)).withMaxGap(Duration.ofMillis(100));

        assertThat(due(pacing, 0, 100, 60_000, 60_010)).containsExactly(0, 50 * MS, 100 * MS, 105 * MS);
    }

    @Test
    void goesOnInTheNextRoundWhereTheLastOneEnded() {
        Schedule schedule = new Schedule(Pacing.RECORDED);
        schedule.dueNanos(1000);
        schedule.dueNanos(1300);
        schedule.nextRound();

        assertThat(schedule.dueNanos(1000)).isEqualTo(300 * MS);
        assertThat(schedule.dueNanos(1050)).isEqualTo(350 * MS);
    }

    @Test
    void survivesTimesThatAreNoTimes() {
        assertThat(due(Pacing.RECORDED, Long.MIN_VALUE + 1, Long.MAX_VALUE)).containsExactly(0, Long.MAX_VALUE);
    }

    private static long[] due(Pacing pacing, long... timesMs) {
        Schedule schedule = new Schedule(pacing);
        return LongStream.of(timesMs).map(schedule::dueNanos).toArray();
    }
}
