package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.Fixtures.message;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DocumentFixtures;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

class ReplayPlanTest {
    @TempDir
    Path folder;

    @Test
    void countsTheSameFromTheManifestAndByReading() {
        Recording recording = Fixtures.recording(
                folder, List.of(message(0, 0, 1000, "a"), message(0, 1, 5000, "b"), message(3, 0, 2000, "c")));

        for (ReplayPlan plan : List.of(
                ReplayPlan.of(Selection.of(recording), Pacing.RECORDED.times(2)),
                ReplayPlan.reading(Selection.of(recording), Pacing.RECORDED.times(2)))) {
            assertThat(plan.events()).isEqualTo(Map.of(0, 2L, 3, 1L));
            assertThat(plan.totalEvents()).isEqualTo(6);
            assertThat(plan.from()).hasValue(Instant.ofEpochMilli(1000));
            assertThat(plan.until()).hasValue(Instant.ofEpochMilli(5000));
        }
    }

    @Test
    void meansEventsOnly() {
        Recording events = Fixtures.recording(folder, List.of(message(0, 0, 5000, "a"), message(0, 1, 9000, "b")));
        Recording both = DocumentFixtures.recordingWith(events, DocumentFixtures.documents(0, 3));

        for (ReplayPlan plan : List.of(
                ReplayPlan.of(Selection.of(both), Pacing.RECORDED),
                ReplayPlan.reading(Selection.of(both), Pacing.RECORDED))) {
            assertThat(plan.events()).isEqualTo(Map.of(0, 2L));
            assertThat(plan.from()).hasValue(Instant.ofEpochMilli(5000));
        }
        assertThat(Selection.end(both)).hasValue(Instant.ofEpochMilli(9000));
        assertThat(Selection.partitionsNeeded(both)).isEqualTo(1);
    }

    @Test
    void knowsHowLongItTakes() {
        Recording recording = Fixtures.recording(
                folder, List.of(message(0, 0, 1000, "a"), message(0, 1, 5000, "b"), message(1, 0, 2000, "c")));
        Pacing pacing = Pacing.RECORDED
                .at(new Speed(2))
                .withMaxGap(Duration.ofSeconds(1))
                .times(3);

        assertThat(ReplayPlan.reading(Selection.of(recording), pacing).duration())
                .hasValue(Duration.ofSeconds(3));
    }

    @Test
    void countsWhatAWindowLeaves() {
        Recording recording = Fixtures.recording(folder, List.of(message(0, 0, 1000, "a"), message(0, 1, 5000, "b")));

        ReplayPlan plan = ReplayPlan.of(Selection.of(recording).from(Instant.ofEpochMilli(2000)), Pacing.RECORDED);

        assertThat(plan.totalEvents()).isEqualTo(1);
        assertThat(plan.from()).hasValue(Instant.ofEpochMilli(5000));
    }

    @Test
    void refusesPoisonByNameOfTheFirst() {
        Recording recording = Fixtures.recordingOf(
                folder,
                List.of(
                        Fixtures.unread(message(0, 0, 1000, "harmless")),
                        poison(message(0, 1, 3000, "p"), "status code 7"),
                        poison(message(1, 9, 2000, "p"), "empty name")));

        assertThatThrownBy(() -> Guards.requireNoPoison(ReplayPlan.of(Selection.of(recording), Pacing.RECORDED)))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.REFUSED))
                .hasMessage("not replayed: 2 events would stop OpenWhisk's user-events service for ever, the first at"
                        + " partition 1, offset 9: empty name; leave them out with --where \"poison_reason IS NULL\","
                        + " or send them with --allow-poison");
    }

    @Test
    void doesNotMindPoisonOutsideTheSelection() {
        Recording recording = Fixtures.recordingOf(
                folder,
                List.of(
                        Fixtures.unread(message(0, 0, 1000, "harmless")),
                        poison(message(0, 1, 3000, "p"), "status code 7")));

        Guards.requireNoPoison(
                ReplayPlan.of(Selection.of(recording).until(Instant.ofEpochMilli(3000)), Pacing.RECORDED));
    }

    private static Event poison(Message message, String reason) {
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Unreadable("not looked into"), null, reason);
    }
}
