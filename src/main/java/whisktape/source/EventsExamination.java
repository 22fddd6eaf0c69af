package whisktape.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/** Looks at the newest events of a topic: who sends them, whether they still come, whose clock they bear. */
final class EventsExamination {
    private static final Duration STILL_FLOWING = Duration.ofMinutes(5);
    private static final long TOLERATED_OFFSET_MS = 1_000;

    private final List<Event> newest;
    private final Instant now;

    EventsExamination(List<Event> newest, Instant now) {
        this.newest = newest;
        this.now = now;
    }

    /**
     * All that can be said.
     *
     * @param arrived those that came while somebody was looking
     */
    List<Check> checks(List<Event> arrived) {
        List<Check> checks = new ArrayList<>();
        checks.add(senders());
        if (newestMs().isPresent()) {
            checks.add(flow());
            checks.add(clock(arrived));
        }
        return checks;
    }

    private Check senders() {
        long controllers = senders("controller");
        long invokers = senders("invoker");
        long schedulers = senders("scheduler");
        if (controllers + invokers + schedulers == 0) {
            return Check.fail(
                    "user events",
                    String.format("none of the newest %,d messages is an event of OpenWhisk", newest.size()),
                    Remedy.TOPIC);
        }
        String found = String.format(
                "the newest %,d messages are of %,d controllers, %,d invokers, %,d schedulers",
                newest.size(), controllers, invokers, schedulers);
        if (invokers == 0) {
            return Check.warn(
                    "user events",
                    found + ": activations of actions are missing unless there were none; the invokers need the setting"
                            + " too",
                    Remedy.USER_EVENTS);
        }
        if (controllers == 0) {
            return Check.warn(
                    "user events",
                    found + ": sequences, compositions and refused calls are missing unless there were none; the"
                            + " controllers need the setting too",
                    Remedy.USER_EVENTS);
        }
        long unreadable = newest.stream()
                .filter(event -> event.body() instanceof EventBody.Unreadable)
                .count();
        return Check.ok("user events", found + (unreadable == 0 ? "" : String.format("; %,d unreadable", unreadable)));
    }

    /** How many of these components have sent something that can be read. */
    private long senders(String component) {
        return newest.stream()
                .filter(event -> !(event.body() instanceof EventBody.Unreadable))
                .map(event -> event.envelope().source())
                .filter(source -> source != null && source.startsWith(component))
                .distinct()
                .count();
    }

    private Check flow() {
        Duration age = Duration.ofMillis(now.toEpochMilli() - newestMs().orElseThrow());
        return age.compareTo(STILL_FLOWING) <= 0
                ? Check.ok("events flowing", "the newest event is " + inWords(age) + " old")
                : Check.warn(
                        "events flowing",
                        "the newest event is " + inWords(age)
                                + " old: nothing was invoked since, or nobody sends events any more",
                        Remedy.USER_EVENTS);
    }

    private Check clock(List<Event> arrived) {
        long negativeWaits = newest.stream()
                .filter(event -> event.body() instanceof EventBody.Activation activation
                        && activation.waitMs() != null
                        && activation.waitMs() < 0)
                .count();
        OptionalLong behind = arrived.stream()
                .map(Event::message)
                .filter(message -> message.timestampType() != Message.TimestampType.NONE)
                .mapToLong(message -> message.recordedAtMs() - message.timestampMs())
                .min();
        long ahead = newestMs().orElseThrow() - now.toEpochMilli();
        if (behind.isPresent() && Math.abs(behind.getAsLong()) > TOLERATED_OFFSET_MS) {
            return Check.warn(
                    "kafka clock",
                    String.format(
                            "events bear a time %s %s ours when they come",
                            inWords(Duration.ofMillis(Math.abs(behind.getAsLong()))),
                            behind.getAsLong() > 0 ? "before" : "after"),
                    Remedy.CLOCKS);
        }
        if (ahead > TOLERATED_OFFSET_MS) {
            return Check.warn(
                    "kafka clock",
                    "the newest event is of " + inWords(Duration.ofMillis(ahead)) + " from now by our clock",
                    Remedy.CLOCKS);
        }
        if (negativeWaits > 0) {
            return Check.warn(
                    "kafka clock",
                    String.format(
                            "%,d of the newest activations waited less than no time: the clocks of controllers and"
                                    + " invokers differ",
                            negativeWaits),
                    Remedy.CLOCKS);
        }
        return Check.ok(
                "kafka clock",
                behind.isPresent()
                        ? "events come " + inWords(Duration.ofMillis(behind.getAsLong())) + " after the time they bear"
                        : "no event is ahead of ours; none came while looking, so it may still be behind");
    }

    private OptionalLong newestMs() {
        return newest.stream()
                .map(Event::message)
                .filter(message -> message.timestampType() != Message.TimestampType.NONE)
                .mapToLong(Message::timestampMs)
                .max();
    }

    /** Two digits are enough to see. */
    static String inWords(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() > 1) {
            return duration.toHours() + " h";
        }
        if (duration.toMinutes() > 1) {
            return duration.toMinutes() + " min";
        }
        return duration.toSeconds() > 1 ? duration.toSeconds() + " s" : Math.max(0, duration.toMillis()) + " ms";
    }
}
