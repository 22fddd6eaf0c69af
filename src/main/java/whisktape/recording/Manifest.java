package whisktape.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import whisktape.DatabasePosition;
import whisktape.Gap;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.Version;
import whisktape.WhisktapeException;

/**
 * {@code recording.json}: the only list of what belongs to a recording and where to resume.
 *
 * @param format version of the recording format
 * @param tool version of the whisktape that wrote it last
 * @param state whether a recorder came to its end
 * @param created when recording began
 * @param labels the user's own, for example {@code commit=abc}
 * @param note the user's own words; absent if none
 * @param redacted true if values were rewritten for sharing
 * @param partitions the share of the topic whose part of a manifest this is; absent in a whole one
 * @param kafka where the events came from; absent until the first connection, and where there is no Kafka
 * @param couchdb where the documents came from; absent until the first connection, and where no database is recorded
 * @param gaps events and documents that are missing
 * @param segments all sealed segments, by table, incarnation, partition and offset
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        String tool,
        State state,
        Instant created,
        Map<String, String> labels,
        String note,
        boolean redacted,
        String partitions,
        Kafka kafka,
        Couchdb couchdb,
        List<Gap> gaps,
        List<Segment> segments) {

    /** A whole one. */
    public Manifest(
            int format,
            String tool,
            State state,
            Instant created,
            Map<String, String> labels,
            String note,
            boolean redacted,
            Kafka kafka,
            Couchdb couchdb,
            List<Gap> gaps,
            List<Segment> segments) {
        this(format, tool, state, created, labels, note, redacted, null, kafka, couchdb, gaps, segments);
    }

    /** The format this whisktape writes, and the newest it reads. */
    public static final int FORMAT = 2;

    /** The name of its file. */
    public static final String FILE = ManifestFile.NAME;

    /** Enough for some hundred thousand segments: no recording needs a longer manifest. */
    public static final long MOST_BYTES = 64L << 20;

    /** Changes of a database are numbered from here, in each of its lives. */
    static final long FIRST_CHANGE = 1;

    /** Whether a recorder came to its end. */
    public enum State {
        @JsonProperty("recording")
        RECORDING,
        @JsonProperty("complete")
        COMPLETE
    }

    /**
     * Where events came from.
     *
     * @param clusterId Kafka's id of the cluster; absent for what was imported
     * @param topic the topic's name
     * @param lives one for each time the topic was found to be a new one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kafka(String clusterId, String topic, List<Life> lives) {
        private boolean hasLife(int incarnation) {
            for (Life life : lives) {
                if (life.incarnation() == incarnation) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * One life of a topic, from its creation to its deletion.
     *
     * @param incarnation 1 for the first one recorded
     * @param topicId Kafka's id; absent with brokers before 2.8 and for what was imported
     * @param startOffsets by partition, the first offset asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Life(int incarnation, String topicId, Map<Integer, Long> startOffsets) {}

    /**
     * Where documents came from; nothing of how to get there.
     *
     * @param serverId the server's own id; absent for what was imported and with servers that have none
     * @param database the database's name
     * @param lives one for each time the database was found to be a new one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Couchdb(String serverId, String database, List<DatabaseLife> lives) {
        private boolean hasLife(int incarnation) {
            for (DatabaseLife life : lives) {
                if (life.incarnation() == incarnation) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * One life of a database, from its creation to its deletion.
     *
     * @param incarnation 1 for the first one recorded
     * @param instanceStartTime CouchDB's mark of it; absent where the server has none
     * @param since the update sequence behind which reading began
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DatabaseLife(int incarnation, String instanceStartTime, String since) {}

    /**
     * Reads a manifest that is on no disk yet.
     *
     * @param json at most {@link #MOST_BYTES}
     * @param attempt how the message begins where its format is a newer one: {@code cannot open the recording run1}
     * @throws IllegalArgumentException with the reason, where it is none
     * @throws whisktape.WhisktapeException refused, where its format is a newer one
     */
    public static Manifest read(byte[] json, String attempt) {
        return ManifestFile.read(json, attempt);
    }

    /** Of a recording that begins. */
    static Manifest begun(Instant created, Map<String, String> labels, String note) {
        return new Manifest(
                FORMAT, Version.TOOL, State.RECORDING, created, labels, note, false, null, null, List.of(), List.of());
    }

    /**
     * A manifest that stands somewhere else than in a recording.
     *
     * @param where for people, what it begins
     * @throws WhisktapeException damaged where it is none
     */
    public static Manifest parse(String json, String where) {
        return ManifestFile.parse(json, where);
    }

    /** Where a recorder of events goes on; empty if it never began. */
    public Optional<Position> position() {
        if (kafka == null) {
            return Optional.empty();
        }
        Life life = last(kafka.lives());
        Map<Integer, Long> next = new TreeMap<>(life.startOffsets());
        for (Segment segment : segments) {
            if (segment.isOf(Table.EVENTS) && segment.incarnation() == life.incarnation()) {
                moveOn(next, segment.partition(), segment.nextOffset());
            }
        }
        for (Gap gap : gaps) {
            if (!gap.isOfDocuments() && gap.incarnation() == life.incarnation() && gap.untilOffset() != null) {
                moveOn(next, gap.partition(), gap.untilOffset());
            }
        }
        return Optional.of(new Position(life.incarnation(), Optional.ofNullable(life.topicId()), next));
    }

    private static void moveOn(Map<Integer, Long> nextOffsets, int partition, long offset) {
        Long before = nextOffsets.get(partition);
        if (before == null || before < offset) {
            nextOffsets.put(partition, offset);
        }
    }

    /** Where a recorder of documents goes on; empty if it never began. */
    public Optional<DatabasePosition> databasePosition() {
        if (couchdb == null) {
            return Optional.empty();
        }
        DatabaseLife life = last(couchdb.lives());
        String since = segments(Table.ACTIVATIONS, life.incarnation())
                .map(Segment::nextUpdateSeq)
                .reduce(life.since(), (before, after) -> after);
        return Optional.of(
                new DatabasePosition(life.incarnation(), Optional.ofNullable(life.instanceStartTime()), since));
    }

    /** The number of the next change in the newest life of the database. */
    long nextChange() {
        int life = newestLife(Table.ACTIVATIONS);
        Stream<Long> behindSegments = segments(Table.ACTIVATIONS, life).map(Segment::nextOffset);
        Stream<Long> behindGaps = gaps(Table.ACTIVATIONS, life)
                .map(gap -> gap.untilOffset() == null ? gap.fromOffset() : gap.untilOffset());
        return Stream.concat(behindSegments, behindGaps).reduce(FIRST_CHANGE, Math::max);
    }

    /** Which life of the topic or database is recorded now. */
    int newestLife(Table table) {
        return table == Table.EVENTS
                ? last(kafka.lives()).incarnation()
                : last(couchdb.lives()).incarnation();
    }

    /** True if it says where the rows of this table come from. */
    boolean hasOrigin(Table table) {
        return table == Table.EVENTS ? kafka != null : couchdb != null;
    }

    /** What it says of the whole recording. */
    Manifest asWhole() {
        return but(next -> next.partitions = null);
    }

    /** The part of one of several recorders. */
    Manifest withPartitions(Partitions share) {
        return but(next -> next.partitions = share.toString());
    }

    /** True if the topic or the database had this life. */
    boolean hasLife(Table table, int incarnation) {
        return table == Table.EVENTS ? kafka.hasLife(incarnation) : couchdb.hasLife(incarnation);
    }

    Manifest withState(State state) {
        return but(next -> next.state = state);
    }

    /** With further labels, and another note if there is one. */
    public Manifest describedBy(Map<String, String> more, String newNote) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(more);
        return but(next -> {
            next.labels = all;
            next.note = newNote == null ? note : newNote;
        });
    }

    /** The segments of one table. */
    public List<Segment> segments(String table) {
        List<Segment> ofTable = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.table().equals(table)) {
                ofTable.add(segment);
            }
        }
        return Collections.unmodifiableList(ofTable);
    }

    /** Without all that is known of one of the tables. */
    public Manifest without(String table) {
        boolean isEvents = Table.of(table) == Table.EVENTS;
        return but(next -> {
            next.kafka = isEvents ? null : kafka;
            next.couchdb = isEvents ? couchdb : null;
            next.gaps = gaps.stream().filter(gap -> !gap.table().equals(table)).toList();
            next.segments = segments.stream()
                    .filter(segment -> !segment.table().equals(table))
                    .toList();
        });
    }

    Manifest withKafka(Kafka kafka) {
        return but(next -> next.kafka = kafka);
    }

    Manifest withCouchdb(Couchdb couchdb) {
        return but(next -> next.couchdb = couchdb);
    }

    /** With a gap, unless it is known: a recorder killed before it could go on notices it once more. */
    Manifest withGap(Gap gap) {
        return gaps.contains(gap) ? this : withGaps(append(gaps, gap));
    }

    Manifest withGaps(List<Gap> gaps) {
        return but(next -> next.gaps = gaps);
    }

    Manifest withSegment(Segment segment) {
        return withSegments(append(segments, segment));
    }

    Manifest withSegments(List<Segment> segments) {
        return but(next -> next.segments =
                segments.stream().sorted(SegmentOrder.BY_POSITION).toList());
    }

    static <T> List<T> append(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    private Stream<Segment> segments(Table table, int incarnation) {
        return segments.stream().filter(segment -> segment.isOf(table) && segment.incarnation() == incarnation);
    }

    private Stream<Gap> gaps(Table table, int incarnation) {
        return gaps.stream().filter(gap -> gap.table().equals(table.text()) && gap.incarnation() == incarnation);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private Manifest but(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.toManifest(this);
    }

    /** What changes of a manifest while its recording grows. */
    private static final class Draft {
        private State state;
        private Map<String, String> labels;
        private String note;
        private String partitions;
        private Kafka kafka;
        private Couchdb couchdb;
        private List<Gap> gaps;
        private List<Segment> segments;

        Draft(Manifest manifest) {
            state = manifest.state;
            labels = manifest.labels;
            note = manifest.note;
            partitions = manifest.partitions;
            kafka = manifest.kafka;
            couchdb = manifest.couchdb;
            gaps = manifest.gaps;
            segments = manifest.segments;
        }

        Manifest toManifest(Manifest before) {
            return new Manifest(
                    before.format,
                    before.tool,
                    state,
                    before.created,
                    labels,
                    note,
                    before.redacted,
                    partitions,
                    kafka,
                    couchdb,
                    gaps,
                    segments);
        }
    }
}
