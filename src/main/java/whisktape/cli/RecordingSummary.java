package whisktape.cli;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import whisktape.Gap;
import whisktape.Position;
import whisktape.Times;
import whisktape.recording.Manifest;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** What the manifest says of a recording, added up. */
final class RecordingSummary {
    private static final long FIRST_TIME_MS =
            Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST_TIME_MS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final Recording recording;
    private final Manifest manifest;
    private final List<Segment> events;
    private final List<Segment> documents;

    /** The offsets of one partition: the first asked for, and where recording goes on. */
    record Offsets(long from, long next) {}

    RecordingSummary(Recording recording) {
        this.recording = recording;
        this.manifest = recording.manifest();
        this.events = recording.segments(Segment.EVENTS);
        this.documents = recording.segments(Segment.ACTIVATIONS);
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
        recording
                .recorders()
                .forEach((share, state) ->
                        recorders.put(share.toString(), state.name().toLowerCase(Locale.ROOT)));
        return recorders;
    }

    /** Of both tables. */
    long sum(ToLongFunction<Segment> count) {
        return sum(manifest.segments(), count);
    }

    long sum(String table, ToLongFunction<Segment> count) {
        return sum(table.equals(Segment.EVENTS) ? events : documents, count);
    }

    private static long sum(List<Segment> segments, ToLongFunction<Segment> count) {
        long sum = 0;
        for (Segment segment : segments) {
            sum += count.applyAsLong(segment);
        }
        return sum;
    }

    /** The smallest time of any segment that a calendar has; events may claim any number. */
    Optional<Instant> from() {
        return furthest(Segment::fromTimeMs, Math::min);
    }

    Optional<Instant> until() {
        return furthest(Segment::untilTimeMs, Math::max);
    }

    private Optional<Instant> furthest(Function<Segment, Long> timeOf, LongBinaryOperator further) {
        boolean isAny = false;
        long furthest = 0;
        for (Segment segment : manifest.segments()) {
            Long time = timeOf.apply(segment);
            if (time != null && time >= FIRST_TIME_MS && time <= LAST_TIME_MS) {
                furthest = isAny ? further.applyAsLong(furthest, time) : time;
                isAny = true;
            }
        }
        return isAny ? Optional.of(Instant.ofEpochMilli(furthest)) : Optional.empty();
    }

    /** By partition, in the newest life of the topic. */
    Map<Integer, Offsets> partitions() {
        Map<Integer, Offsets> partitions = new TreeMap<>();
        manifest.position()
                .ifPresent(position -> position.nextOffsets()
                        .forEach((partition, next) ->
                                partitions.put(partition, new Offsets(fromOffset(position, partition), next))));
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
                        "rows", sum(Segment.EVENTS, Segment::rows),
                        "activation", sum(Segment.EVENTS, Segment::activations),
                        "metric", sum(Segment.EVENTS, Segment::metrics),
                        "unreadable", sum(Segment.EVENTS, Segment::unreadable),
                        "duplicates", sum(Segment.EVENTS, Segment::duplicates),
                        "partitions", partitionsAsJson()),
                "activations",
                Json.object(
                        "rows", sum(Segment.ACTIVATIONS, Segment::rows),
                        "deleted", sum(Segment.ACTIVATIONS, Segment::deleted),
                        "unreadable", sum(Segment.ACTIVATIONS, Segment::unreadable),
                        "record", sum(Segment.ACTIVATIONS, Segment::activations),
                        "design", sum(Segment.ACTIVATIONS, Segment::designs),
                        "duplicates", sum(Segment.ACTIVATIONS, Segment::duplicates)),
                "gaps",
                manifest.gaps().stream().map(RecordingSummary::gap).toList(),
                "segments",
                manifest.segments().size(),
                "size_bytes",
                sum(Segment::sizeBytes),
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
        Stream<Long> segments = recording.segments(Segment.EVENTS).stream()
                .filter(segment -> segment.incarnation() == position.incarnation() && segment.partition() == partition)
                .map(Segment::fromOffset);
        Stream<Long> gaps = manifest.gaps().stream()
                .filter(gap -> !gap.isOfDocuments()
                        && gap.incarnation() == position.incarnation()
                        && gap.partition() == partition)
                .map(Gap::fromOffset);
        return Stream.concat(segments, gaps).min(Comparator.naturalOrder()).orElse(0L);
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
