package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.Fixtures.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.recording.Recording;

class ReplayTest {
    private static final Pacing FULL_SPEED = Pacing.RECORDED.at(Speed.MAX);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final CollectingPublisher publisher = new CollectingPublisher(clock);
    private final List<ReplayProgress> progress = new ArrayList<>();

    @Test
    void sendsEachEventAtItsRecordedDistance() {
        ReplayResult result = replay(recordingAt(1000, 1010, 61_010), Pacing.RECORDED);

        assertThat(publisher.timesMs()).containsExactly(0.0, 10.0, 60_010.0);
        assertThat(result.sent()).isEqualTo(3);
        assertThat(result.failed()).isZero();
        assertThat(result.skipped()).isZero();
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(60_010));
        assertThat(result.lateness().max()).isZero();
        assertThat(publisher.closed).isTrue();
    }

    @Test
    void letsThePublisherSendWhatItKeptBackWheneverNothingMoreIsDue() {
        replay(recordingAt(1000, 1000, 1010, 61_010), Pacing.RECORDED);

        assertThat(publisher.flushedAtNanos.stream().map(nanos -> nanos / 1e6).distinct())
                .containsExactly(0.0, 10.0, 60_010.0);
    }

    @Test
    void keepsThePaceAcrossRounds() {
        replay(recordingAt(1000, 1010, 1030), Pacing.RECORDED.times(3));

        assertThat(publisher.timesMs()).containsExactly(0.0, 10.0, 30.0, 30.0, 40.0, 60.0, 60.0, 70.0, 90.0);
        assertThat(publisher.offsets()).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L, 1L, 2L);
    }

    @Test
    void doesNotDriftWhereEverySleepIsTooLong() {
        ManualClock sleepy = new ManualClock(300_000);
        CollectingPublisher late = new CollectingPublisher(sleepy);
        Recording recording = Fixtures.recording(
                folder,
                LongStream.range(0, 1000)
                        .mapToObj(i -> message(0, i, 1000 + i, "x"))
                        .toList());
        ReplayPlan plan = ReplayPlan.of(Selection.of(recording), Pacing.RECORDED);

        ReplayResult result = new Replay(plan, false, late, sleepy, progress::add).run();

        for (int i = 0; i < 1000; i++) {
            assertThat(late.timesMs().get(i)).isBetween((double) i, i + 0.31);
        }
        assertThat(result.lateness().max()).isEqualTo(Duration.ofNanos(300_000));
        assertThat(result.lateness().p50()).isBetween(Duration.ofNanos(290_000), Duration.ofNanos(300_000));
    }

    @Test
    void waitsForNothingAtFullSpeed() {
        ReplayResult result = replay(recordingAt(1000, 1010, 900_000_000), FULL_SPEED);

        assertThat(publisher.timesMs()).containsExactly(0.0, 0.0, 0.0);
        assertThat(result.lateness().max()).isZero();
    }

    @Test
    void publishesMessagesAsTheyAreRecorded() {
        Message odd = new Message(
                1,
                2,
                40,
                1000,
                Message.TimestampType.APPEND,
                7,
                new byte[] {0, -1},
                new byte[] {-128, 0, 10},
                List.of(new Message.Header("h", null), new Message.Header("h", new byte[] {1})));

        replay(Fixtures.recording(folder, List.of(odd, message(2, 41, 1000, null))), FULL_SPEED);

        assertThat(publisher.messages().get(0)).usingRecursiveComparison().isEqualTo(odd);
        assertThat(publisher.messages().get(1).value()).isNull();
    }

    @Test
    void movesTimesWhereAsked() {
        Recording recording = Fixtures.recording(
                folder, List.of(message(0, 0, 5000, "{\"timestamp\":5001}"), message(0, 1, 5100, "no JSON")));
        ReplayPlan plan = ReplayPlan.of(Selection.of(recording), Pacing.RECORDED);

        ReplayResult result = new Replay(plan, true, publisher, clock, progress::add).run();

        long start = ManualClock.START.toEpochMilli();
        assertThat(publisher.messages()).extracting(Message::timestampMs).containsExactly(start, start + 100);
        assertThat(publisher.messages().get(0).value()).asString().isEqualTo("{\"timestamp\":" + (start + 1) + "}");
        assertThat(result.unmoved()).isEqualTo(1);
    }

    @Test
    void stopsWhereItIsAndCountsWhatIsLeft() {
        ReplayPlan plan = ReplayPlan.of(Selection.of(recordingAt(1000, 1010, 3_601_000)), Pacing.RECORDED.times(2));
        Replay[] replay = new Replay[1];
        replay[0] = new Replay(plan, false, publisher, clock, seen -> replay[0].stop());

        ReplayResult result = replay[0].run();

        assertThat(result.interrupted()).isTrue();
        assertThat(result.sent()).isEqualTo(2);
        assertThat(result.skipped()).isEqualTo(4);
    }

    @Test
    void tellsItsProgressWhileItWaits() {
        replay(recordingAt(1000, 10_000), Pacing.RECORDED);

        assertThat(progress).hasSize(4).allSatisfy(each -> {
            assertThat(each.sent()).isEqualTo(1);
            assertThat(each.total()).isEqualTo(2);
        });
    }

    @Test
    void goesOnAfterAnEventThatFailsAlone() {
        ReplayResult result = replayFailing(1, false);

        assertThat(publisher.offsets()).containsExactly(0L, 2L);
        assertThat(result.sent()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.skipped()).isZero();
        assertThat(result.firstFailure()).hasValue("partition 0, offset 1: too large");
    }

    @Test
    void stopsWhereGoingOnIsHopeless() {
        ReplayResult result = replayFailing(1, true);

        assertThat(publisher.offsets()).containsExactly(0L);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(result.interrupted()).isFalse();
    }

    @Test
    void countsWhatIsNeverAcknowledgedAsFailed() {
        EventPublisher silent = new EventPublisher() {
            @Override
            public void publish(Message message, Deliveries deliveries) {}

            @Override
            public void close() {}
        };
        ReplayPlan plan = ReplayPlan.of(Selection.of(recordingAt(1000)), FULL_SPEED);
        Replay[] replay = new Replay[1];
        replay[0] = new Replay(plan, false, silent, clock, seen -> replay[0].stop());

        ReplayResult result = replay[0].run();

        assertThat(result.sent()).isZero();
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.firstFailure()).isPresent();
        // Two seconds until the progress that stops it, five more for what is on its way.
        assertThat(result.elapsed()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7010));
    }

    @Test
    void sendsWhatStandsBeforeADamagedPlaceAndCountsTheRest() throws IOException {
        Recording recording = Segments.write(
                folder,
                List.of(message(0, 0, 1000, "a"), message(0, 1, 1000, "b")),
                List.of(message(0, 2, 2000, "c"), message(0, 3, 3000, "d"), message(0, 4, 3000, "e")));
        Files.write(recording.fileOf(recording.segments().get(1)), new byte[3]);

        ReplayResult result = replay(recording, FULL_SPEED);

        assertThat(result.damage()).isPresent();
        assertThat(result.sent()).isEqualTo(2);
        assertThat(result.skipped()).isEqualTo(3);
        assertThat(publisher.closed).isTrue();
    }

    @Test
    void sendsNothingOfAnEmptyRecording() {
        ReplayResult result = replay(Fixtures.recording(folder, List.of()), Pacing.RECORDED.times(1_000_000_000));

        assertThat(result.sent()).isZero();
        assertThat(result.skipped()).isZero();
    }

    private ReplayResult replay(Recording recording, Pacing pacing) {
        ReplayPlan plan = ReplayPlan.of(Selection.of(recording), pacing);
        return new Replay(plan, false, publisher, clock, progress::add).run();
    }

    private ReplayResult replayFailing(long offset, boolean hopeless) {
        EventPublisher failing = new EventPublisher() {
            @Override
            public void publish(Message message, Deliveries deliveries) {
                if (message.offset() == offset) {
                    deliveries.fail(message.partition(), offset, "too large", hopeless);
                } else {
                    publisher.publish(message, deliveries);
                }
            }

            @Override
            public void close() {}
        };
        ReplayPlan plan = ReplayPlan.of(Selection.of(recordingAt(1000, 1001, 1002)), FULL_SPEED);
        return new Replay(plan, false, failing, clock, progress::add).run();
    }

    private Recording recordingAt(long... timesMs) {
        List<Message> messages = new ArrayList<>();
        for (long timeMs : timesMs) {
            messages.add(message(0, messages.size(), timeMs, "event " + messages.size()));
        }
        return Fixtures.recording(folder, messages);
    }
}
