package whisktape;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

/** Inputs for tests, built in code. */
public final class Fixtures {
    public static final String CLUSTER = "fixture-cluster";
    public static final String TOPIC = "events";

    private Fixtures() {}

    /** A message with a text value, no key, no headers. */
    public static Message message(int partition, long offset, long timestampMs, String value) {
        return new Message(
                1,
                partition,
                offset,
                timestampMs,
                Message.TimestampType.CREATE,
                timestampMs + 5,
                null,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                List.of());
    }

    /** A metric event around this message, whatever is in it. */
    public static Event event(Message message) {
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Metric("TimedRateLimit", 1L), null, null);
    }

    /** An event nobody looked into. */
    public static Event unread(Message message) {
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Unreadable("not looked into"), null, null);
    }

    /** A complete recording of these messages. */
    public static Recording recording(Path folder, List<Message> messages) {
        return recording(folder, SealLimits.DEFAULT, messages);
    }

    /** The same with row groups and segments of another size. */
    public static Recording recording(Path folder, SealLimits limits, List<Message> messages) {
        return recordingOf(
                folder, limits, messages.stream().map(Fixtures::unread).toList());
    }

    /** A complete recording of these events, which ascend within each partition. */
    public static Recording recordingOf(Path folder, List<Event> events) {
        return recordingOf(folder, SealLimits.DEFAULT, events);
    }

    private static Recording recordingOf(Path folder, SealLimits limits, List<Event> events) {
        Map<Integer, Long> start = new TreeMap<>();
        events.forEach(event ->
                start.putIfAbsent(event.message().partition(), event.message().offset()));
        try (RecordingWriter writer = RecordingWriter.create(folder, Map.of(), null, limits, InstantSource.system())) {
            writer.begin(CLUSTER, TOPIC, new Position(1, Optional.empty(), start));
            events.forEach(writer::write);
            writer.finish();
        }
        return Recording.open(folder);
    }
}
