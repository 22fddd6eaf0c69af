package whisktape.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import whisktape.Gap;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.Times;
import whisktape.recording.Manifest;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** What the manifest says of a recording, added up. */
final class RecordingSummary {
    private static final long FIRST_TIME_MS = Times.FIRST.toEpochMilli();
    private static final long LAST_TIME_MS = Times.LAST.toEpochMilli();

    private final Recording recording;
    private final Manifest manifest;
    private final Totals events;
    private final Totals documents;

    /** The offsets of one partition: the first asked for, and where recording goes on. */
    record Offsets(long from, long next) {}

    RecordingSummary(Recording recording) {
        this.recording = recording;
        this.manifest = recording.manifest();
        this.events = Totals.of(recording.segments(Segment.EVENTS));
        this.documents = Totals.of(recording.segments(Segment.ACTIVATIONS));
    }

    String name() {
        return recording.name();
    }

    Manifest manifest() {
        return manifest;
    }

    String state() {
        return recording.state().name().toLowerCase(Locale.ROOT);
    }

    /** By share, what became of its recorder; empty where one recorder made all of it. */
    Map<String, String> recorders() {
        Map<String, String> recorders = new LinkedHashMap<>();
        for (Map.Entry<Partitions, Recording.State> recorder :
                recording.recorders().entrySet()) {
            recorders.put(
                    recorder.getKey().toString(), recorder.getValue().name().toLowerCase(Locale.ROOT));
        }
        return recorders;
    }

    Totals events() {
        return events;
    }

    Totals documents() {
        return documents;
    }

    /** Of both tables. */
    long sizeBytes() {
        return events.sizeBytes() + documents.sizeBytes();
    }

    /** The smallest time of any segment that a calendar has; events may claim any number. */
    Optional<Instant> from() {
        long least = Long.MAX_VALUE;
        for (Segment segment : manifest.segments()) {
            if (isInCalendar(segment.fromTimeMs())) {
                least = Math.min(least, segment.fromTimeMs());
            }
        }
        return least == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(least));
    }

    /** The largest one. */
    Optional<Instant> until() {
        long most = Long.MIN_VALUE;
        for (Segment segment : manifest.segments()) {
            if (isInCalendar(segment.untilTimeMs())) {
                most = Math.max(most, segment.untilTimeMs());
            }
        }
        return most == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(most));
    }

    private static boolean isInCalendar(Long timeMs) {
        return timeMs != null && timeMs >= FIRST_TIME_MS && timeMs <= LAST_TIME_MS;
    }

    /** By partition, in the newest life of the topic. */
    Map<Integer, Offsets> partitions() {
        Map<Integer, Offsets> partitions = new TreeMap<>();
        Optional<Position> position = manifest.position();
        if (position.isPresent()) {
            for (Map.Entry<Integer, Long> next : position.get().nextOffsets().entrySet()) {
                long from = fromOffset(position.get(), next.getKey());
                partitions.put(next.getKey(), new Offsets(from, next.getValue()));
            }
        }
        return partitions;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = Json.object(
                "recording",
                name(),
                "format",
                manifest.format(),
                "state",
                state(),
                "tool",
                manifest.tool(),
                "created",
                Times.format(manifest.created()),
                "span",
                Json.object(
                        "from", from().map(Times::format).orElse(null),
                        "until", until().map(Times::format).orElse(null)),
                "events",
                Json.object(
                        "rows", events.rows(),
                        "activation", events.activations(),
                        "metric", events.metrics(),
                        "unreadable", events.unreadable(),
                        "duplicates", events.duplicates(),
                        "partitions", partitionsAsJson()),
                "activations",
                Json.object(
                        "rows", documents.rows(),
                        "deleted", documents.deleted(),
                        "unreadable", documents.unreadable(),
                        "record", documents.activations(),
                        "design", documents.designs(),
                        "duplicates", documents.duplicates()),
                "gaps",
                manifest.gaps().stream().map(RecordingSummary::gap).toList(),
                "segments",
                manifest.segments().size(),
                "size_bytes",
                sizeBytes(),
                "labels",
                manifest.labels(),
                "redacted",
                manifest.redacted());
        Map<String, String> recorders = recorders();
        if (!recorders.isEmpty()) {
            json.put("recorders", recorders);
        }
        return json;
    }

    private long fromOffset(Position position, int partition) {
        Manifest.Life life =
                manifest.kafka().lives().get(manifest.kafka().lives().size() - 1);
        Long start = life.startOffsets().get(partition);
        if (start != null) {
            return start;
        }
        long least = Long.MAX_VALUE;
        for (Segment segment : recording.segments(Segment.EVENTS)) {
            if (segment.incarnation() == position.incarnation() && segment.partition() == partition) {
                least = Math.min(least, segment.fromOffset());
            }
        }
        for (Gap gap : manifest.gaps()) {
            if (!gap.isOfDocuments() && gap.incarnation() == position.incarnation() && gap.partition() == partition) {
                least = Math.min(least, gap.fromOffset());
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    private Map<String, Object> partitionsAsJson() {
        Map<String, Object> json = Json.object();
        partitions()
                .forEach((partition, offsets) -> json.put(
                        partition.toString(),
                        Json.object("from_offset", offsets.from(), "next_offset", offsets.next())));
        return json;
    }

    static Map<String, Object> gap(Gap gap) {
        // What stands at the number of a change is no offset of Kafka's.
        boolean hasOffsets = !gap.isOfDocuments();
        return Json.object(
                "table", gap.table(),
                "partition", hasOffsets ? gap.partition() : null,
                "from_offset", hasOffsets ? gap.fromOffset() : null,
                "until_offset", hasOffsets ? gap.untilOffset() : null,
                "reason", gap.reason());
    }
}
