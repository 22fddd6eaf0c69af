package whisktape.recording;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import whisktape.Gap;
import whisktape.Partitions;
import whisktape.Times;

/**
 * What every manifest keeps to, whoever wrote it: nothing is missing that others rely on, no path leads out of the recording,
 * no number goes backwards. Throws {@link IllegalArgumentException} with the first thing that is wrong.
 */
final class ManifestRules {
    private static final int SHA256_DIGITS = 64;

    private ManifestRules() {}

    /** Requires all of it, segments with their files. */
    static void require(Manifest manifest) {
        requireHead(manifest);
        Set<String> names = new HashSet<>();
        for (Segment segment : manifest.segments()) {
            require(segment != null, "a segment is null");
            requireFile(segment);
            requireSegment(manifest, segment);
            // Two names that differ by case are one file on some disks.
            if (!names.add(segment.file().toLowerCase(Locale.ROOT))) {
                throw broken("a segment's file comes twice: " + segment.file());
            }
        }
    }

    /** Requires what a segment's footer says: a manifest without segments, and a segment without a file. */
    static void require(Manifest head, Segment segment) {
        requireHead(head);
        require(segment != null, "there is no segment in it");
        requireSegment(head, segment);
    }

    private static void requireHead(Manifest manifest) {
        require(manifest != null, "it is null");
        require(manifest.state() != null && manifest.created() != null, "state or created is missing");
        require(
                !manifest.created().isBefore(Times.FIRST) && !manifest.created().isAfter(Times.LAST),
                "it was created in no year of the calendar");
        require(
                manifest.labels() != null && manifest.gaps() != null && manifest.segments() != null,
                "labels, gaps or segments is missing");
        require(
                manifest.partitions() == null
                        || manifest.partitions()
                                .equals(Partitions.parse(manifest.partitions()).toString()),
                "its partitions are " + manifest.partitions());
        for (String label : manifest.labels().values()) {
            require(label != null, "a label is null");
        }
        if (manifest.kafka() != null) {
            require(manifest.kafka());
        }
        if (manifest.couchdb() != null) {
            require(manifest.couchdb());
        }
        for (Gap gap : manifest.gaps()) {
            require(gap);
        }
    }

    private static void require(Manifest.Kafka kafka) {
        require(
                kafka.topic() != null && SegmentNames.isTopic(kafka.topic()),
                "kafka has no topic, or an impossible one");
        require(!isEmpty(kafka.lives()), "kafka has no lives");
        int before = 0;
        for (Manifest.Life life : kafka.lives()) {
            require(life != null && life.incarnation() > before, "the lives of kafka do not follow each other");
            before = life.incarnation();
            require(life.startOffsets() != null, "a life of kafka has no start_offsets");
            for (Map.Entry<Integer, Long> start : life.startOffsets().entrySet()) {
                require(
                        start.getKey() >= 0 && start.getValue() != null && start.getValue() >= 0,
                        "the start of partition " + start.getKey() + " is " + start.getValue());
            }
        }
    }

    private static void require(Manifest.Couchdb couchdb) {
        require(couchdb.database() != null, "couchdb has no database");
        require(!isEmpty(couchdb.lives()), "couchdb has no lives");
        int before = 0;
        for (Manifest.DatabaseLife life : couchdb.lives()) {
            require(life != null && life.incarnation() > before, "the lives of couchdb do not follow each other");
            before = life.incarnation();
            require(life.since() != null, "a life of couchdb has no since");
        }
    }

    private static void require(Gap gap) {
        require(gap != null && gap.reason() != null, "a gap has no reason");
        Table.of(gap.table());
        require(gap.incarnation() > 0 && gap.partition() >= 0, "a gap is in no life or partition");
        require(
                gap.fromOffset() >= 0 && (gap.untilOffset() == null || gap.untilOffset() >= gap.fromOffset()),
                "a gap goes from " + gap.fromOffset() + " until " + gap.untilOffset());
    }

    // From here on the rules hold for each of many segments: a text is put together only for the one that breaks them.

    private static void requireFile(Segment segment) {
        String file = segment.file();
        // No manifest leads to anywhere else.
        if (file == null || !SegmentNames.isSegmentPath(file)) {
            throw broken("a segment's file is " + file);
        }
        if (!file.startsWith(Table.of(segment.table()).text() + "/")) {
            throw broken("the table of " + file + " is " + segment.table());
        }
        if (segment.sizeBytes() == null || segment.sizeBytes() <= 0 || segment.sha256() == null) {
            throw broken("size or checksum of " + file + " is missing");
        }
        if (!isSha256(segment.sha256())) {
            throw broken("the checksum of " + file + " is no SHA-256");
        }
    }

    private static boolean isSha256(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return text.length() == SHA256_DIGITS;
    }

    private static void requireSegment(Manifest manifest, Segment segment) {
        Table table = Table.of(segment.table());
        String name = segment.file() == null ? "the segment" : segment.file();
        if (!manifest.hasOrigin(table)) {
            throw broken("nothing says where " + name + " came from");
        }
        if (!manifest.hasLife(table, segment.incarnation())) {
            throw broken(name + " is of life " + segment.incarnation() + ", which there is not");
        }
        if (table == Table.EVENTS ? segment.partition() < 0 : segment.partition() != 0) {
            throw broken("the partition of " + name + " is " + segment.partition());
        }
        if (segment.fromOffset() < 0 || segment.nextOffset() < segment.fromOffset()) {
            throw broken(name + " goes from " + segment.fromOffset() + " until " + segment.nextOffset());
        }
        if (table != Table.EVENTS && segment.nextUpdateSeq() == null) {
            throw broken(name + " has no next_update_seq");
        }
        if (segment.counts() == null) {
            throw broken(name + " has no counts");
        }
        if (segment.rows() > segment.nextOffset() - segment.fromOffset() || hasNegativeCount(segment)) {
            throw broken("the counts of " + name + " cannot be");
        }
    }

    private static boolean hasNegativeCount(Segment segment) {
        return segment.rows() < 0
                || segment.activations() < 0
                || segment.metrics() < 0
                || segment.unreadable() < 0
                || segment.duplicates() < 0
                || segment.poison() < 0
                || segment.deleted() < 0
                || segment.designs() < 0;
    }

    private static boolean isEmpty(Collection<?> lives) {
        return lives == null || lives.isEmpty();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(otherwise);
        }
    }

    private static IllegalArgumentException broken(String rule) {
        return new IllegalArgumentException(rule);
    }
}
