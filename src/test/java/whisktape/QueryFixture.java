package whisktape;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import whisktape.analysis.RecordedDocuments;
import whisktape.recording.Recording;
import whisktape.source.EventParser;

/** The recording that every query is tested with: a few actions over three minutes, and one of each oddity. */
public final class QueryFixture {
    private static final long START_MS =
            Instant.parse("2026-03-14T09:15:00.113Z").toEpochMilli();
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private final EventParser parser = new EventParser();
    private final List<Event> events = new ArrayList<>();
    private long nextOffset = 100;

    private QueryFixture() {}

    public static Recording recording(Path folder) {
        QueryFixture fixture = new QueryFixture();
        fixture.addAll();
        return Fixtures.recordingOf(folder, fixture.events);
    }

    /** The same with documents of some of these activations, and of others. */
    public static Recording withDocuments(Path folder) {
        recording(folder);
        return RecordedDocuments.add(folder, new DocumentsOfQueryFixture(START_MS).all());
    }

    /** Activations with every number as large or as small as it can be written, and metrics from beyond all calendars. */
    public static Recording ofAbsurdNumbers(Path folder) {
        List<Event> events = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        long[] absurd = {Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_799_999L, -62_135_596_800_000L, 0};
        for (int i = 0; i < absurd.length; i++) {
            for (int j = 0; j < absurd.length; j++) {
                String id = "%d%d".formatted(i, j);
                events.add(new ActivationEvent("time" + id, "guest/time")
                        .ran(absurd[i], 10L)
                        .waited(5L)
                        .memory(absurd[j])
                        .at(events.size()));
                events.add(new ActivationEvent("length" + id, "guest/length")
                        .ran(START_MS, absurd[i])
                        .waited(absurd[j])
                        .initialised(absurd[i])
                        .status(absurd[j])
                        .at(events.size()));
                documents.add(new DocumentBuilder("s" + id, "guest/chain")
                        .sequence(absurd[i], absurd[j], absurd[i], "time" + id)
                        .waited(absurd[j])
                        .document());
                documents.add(new DocumentBuilder("t" + id, "guest/tick").trigger(absurd[i], "length" + id));
            }
            events.add(new Event(
                    Fixtures.message(0, events.size(), START_MS, "{}"),
                    new Event.Envelope("controller0", "guest", "guest", "user", "Metric", absurd[i]),
                    new EventBody.Metric("TimedRateLimit", absurd[i]),
                    null,
                    null));
        }
        Fixtures.recordingOf(folder, events);
        return RecordedDocuments.add(folder, documents);
    }

    private void addAll() {
        for (int i = 0; i < 10; i++) {
            activation(i * SECOND, "guest", "guest/resize", 0, 40 + i, i % 5 == 0 ? 150 + i : 0, "nodejs:20");
        }
        for (int i = 0; i < 4; i++) {
            activation(MINUTE + i * SECOND, "alice", "guest/pkg/report", i % 3, 900 + 100 * i, 0, "python:3.11");
        }
        activation(MINUTE + 5 * SECOND, "alice", "alice/skewed", 0, -12, 0, "nodejs:20");
        activation(MINUTE + 6 * SECOND, "alice", "alice/skewed", 3, 7, 0, "nodejs:20");
        activation(MINUTE + 7 * SECOND, "alice", "alice/chain", 0, 30, 0, "sequence");
        activation(
                MINUTE + 8 * SECOND,
                "whisk.system",
                "whisk.system/invokerHealthTestAction0",
                0,
                583_915_671,
                0,
                "nodejs:20");
        metric(MINUTE + 9 * SECOND, "ConcurrentInvocations", 3);
        metric(MINUTE + 9 * SECOND, "ConcurrentRateLimit", 1);
        metric(3 * MINUTE, "TimedRateLimit", 1);
        activation(3 * MINUTE, "alice", "alice/poison", 7, 20, 0, "nodejs:20");
        value(3 * MINUTE, null);
        value(3 * MINUTE + 1, "{\"eventType\":");
        value(3 * MINUTE + 2, "no json either");
        value(
                3 * MINUTE + 3,
                "{\"body\":{\"name\":\"guest/odd\",\"waitTime\":\"12\",\"statusCode\":\"0\"},\"timestamp\":1}");
        value(Message.NO_TIMESTAMP - START_MS, "[]");
    }

    private void activation(
            long afterMs, String namespace, String name, int statusCode, long waitMs, long initMs, String kind) {
        value(afterMs, """
                {"body":{"activationId":"%032x","conductor":false,"duration":%d,"initTime":%d,"kind":"%s","memory":256,\
                "name":"%s","size":58,"statusCode":%d,"waitTime":%d},"eventType":"Activation","namespace":"%s",\
                "source":"invoker0","subject":"%s","timestamp":%d,"userId":"23bc46b1-71f6-4ed5-8c54-816aa4f8c502"}""".formatted(
                        nextOffset,
                        25 + initMs,
                        initMs,
                        kind,
                        name,
                        statusCode,
                        waitMs,
                        namespace,
                        namespace,
                        START_MS + afterMs - 3));
    }

    private void metric(long afterMs, String name, int value) {
        value(afterMs, """
                {"body":{"metricName":"%s","metricValue":%d},"eventType":"Metric","namespace":"alice",\
                "source":"controller0","subject":"alice","timestamp":%d,"userId":"23bc46b1-71f6-4ed5-8c54-816aa4f8c502"}""".formatted(name, value, START_MS + afterMs - 3));
    }

    private void value(long afterMs, String value) {
        events.add(parser.parse(Fixtures.message(0, nextOffset++, START_MS + afterMs, value)));
    }
}
