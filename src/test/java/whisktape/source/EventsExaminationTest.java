package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import whisktape.Event;
import whisktape.Message;

class EventsExaminationTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");

    @Test
    void isContentWithFreshEventsOfAll() {
        List<Event> newest = List.of(event("controller0", -3_000, 5), event("invoker1", -2_000, 5));

        List<Check> checks = new EventsExamination(newest, NOW).checks(List.of(arrived(40)));

        assertThat(checks)
                .containsExactly(
                        Check.ok("user events", "the newest 2 messages are of 1 controllers, 1 invokers, 0 schedulers"),
                        Check.ok("events flowing", "the newest event is 2 s old"),
                        Check.ok("kafka clock", "events come 40 ms after the time they bear"));
    }

    @Test
    void namesTheComponentThatLacksTheSetting() {
        assertThat(senders("controller0", "controller1", "scheduler0"))
                .satisfies(check -> assertThat(check.result()).isEqualTo(Check.Result.WARN))
                .satisfies(check -> assertThat(check.found()).contains("the invokers need the setting too"))
                .satisfies(check -> assertThat(check.remedy()).contains(Remedy.USER_EVENTS));
        assertThat(senders("invoker0"))
                .satisfies(check -> assertThat(check.result()).isEqualTo(Check.Result.WARN))
                .satisfies(check -> assertThat(check.found()).contains("the controllers need the setting too"));
    }

    @Test
    void recognisesAnotherTopic() {
        Event ping = new EventParser().parse(message("{\"name\":\"invoker0\"}", NOW.toEpochMilli()));

        Check check =
                new EventsExamination(List.of(ping), NOW).checks(List.of()).get(0);

        assertThat(check.result()).isEqualTo(Check.Result.FAIL);
        assertThat(check.found()).isEqualTo("none of the newest 1 messages is an event of OpenWhisk");
    }

    @Test
    void noticesThatNothingCameForLong() {
        List<Event> newest = List.of(event("controller0", -9_000_000, 5), event("invoker1", -9_000_000, 5));

        Check check = new EventsExamination(newest, NOW).checks(List.of()).get(1);

        assertThat(check.result()).isEqualTo(Check.Result.WARN);
        assertThat(check.found()).startsWith("the newest event is 2 h old");
    }

    @Test
    void noticesClocksThatDiffer() {
        List<Event> newest = List.of(event("controller0", -3_000, 5), event("invoker1", -2_000, 5));
        assertThat(clock(newest, List.of(arrived(7_000))).found())
                .isEqualTo("events bear a time 7 s before ours when they come");
        assertThat(clock(newest, List.of(arrived(-7_000))).found())
                .isEqualTo("events bear a time 7 s after ours when they come");
        assertThat(clock(List.of(event("invoker1", 90_000, 5)), List.of()).found())
                .isEqualTo("the newest event is of 90 s from now by our clock");
        assertThat(clock(List.of(event("invoker1", -1_000, -40)), List.of()).found())
                .startsWith("1 of the newest activations waited less than no time");
        assertThat(clock(newest, List.of()).result()).isEqualTo(Check.Result.OK);
    }

    private static Check clock(List<Event> newest, List<Event> arrived) {
        return new EventsExamination(newest, NOW).checks(arrived).get(2);
    }

    private static Check senders(String... sources) {
        List<Event> newest =
                Stream.of(sources).map(source -> event(source, -1_000, 5)).toList();
        return new EventsExamination(newest, NOW).checks(List.of()).get(0);
    }

    private static Event event(String source, long ageMs, long waitMs) {
        String text = "{\"body\":{\"name\":\"guest/hello\",\"waitTime\":" + waitMs + "},\"source\":\"" + source + "\"}";
        return new EventParser().parse(message(text, NOW.toEpochMilli() + ageMs));
    }

    /** One that bears an earlier time than it comes at. */
    private static Event arrived(long afterMs) {
        return new EventParser().parse(message("{}", NOW.toEpochMilli() - afterMs));
    }

    private static Message message(String text, long timestampMs) {
        return new Message(
                1,
                0,
                0,
                timestampMs,
                Message.TimestampType.CREATE,
                NOW.toEpochMilli(),
                null,
                text.getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
