package whisktape.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import whisktape.Gap;

/**
 * Compares what the segments of a recording hold with what they should hold: every offset and every number of a change
 * once, or a gap that says why not.
 */
final class Continuity {
    private Continuity() {}

    /** Ranges of offsets and changes between segments that no gap explains. */
    static List<Gap> holes(Manifest manifest) {
        List<Gap> holes = new ArrayList<>();
        if (manifest.kafka() != null) {
            for (Manifest.Life life : manifest.kafka().lives()) {
                addHoles(holes, manifest, Table.EVENTS, life.incarnation(), life.startOffsets());
            }
        }
        if (manifest.couchdb() != null) {
            for (Manifest.DatabaseLife life : manifest.couchdb().lives()) {
                addHoles(holes, manifest, Table.ACTIVATIONS, life.incarnation(), Map.of(0, Manifest.FIRST_CHANGE));
            }
        }
        return holes;
    }

    /** Pairs of segments that hold the same offsets, the later one of each. */
    static List<Segment> overlaps(Manifest manifest) {
        List<Segment> overlaps = new ArrayList<>();
        Segment before = null;
        for (Segment segment : manifest.segments()) {
            if (before != null && before.samePartition(segment) && segment.fromOffset() < before.nextOffset()) {
                overlaps.add(segment);
            }
            before = segment;
        }
        return overlaps;
    }

    private static void addHoles(
            List<Gap> holes, Manifest manifest, Table table, int incarnation, Map<Integer, Long> startOffsets) {
        Map<Integer, Long> next = new HashMap<>(startOffsets);
        for (Segment segment : manifest.segments()) {
            if (segment.isOf(table) && segment.incarnation() == incarnation) {
                long expected = next.getOrDefault(segment.partition(), segment.fromOffset());
                long known = behindGaps(manifest.gaps(), segment, expected);
                if (known < segment.fromOffset()) {
                    holes.add(missing(segment, known, segment.fromOffset()));
                }
                next.put(segment.partition(), segment.nextOffset());
            }
        }
    }

    /** A gap in the partition of this segment, whose rows are damaged or missing. */
    static Gap missing(Segment segment, long fromOffset, long untilOffset) {
        return new Gap(
                segment.table(), segment.incarnation(), segment.partition(), fromOffset, untilOffset, Gap.DAMAGED);
    }

    private static long behindGaps(List<Gap> gaps, Segment segment, long offset) {
        long behind = offset;
        for (Gap gap : gaps) {
            boolean begins = gap.table().equals(segment.table())
                    && gap.incarnation() == segment.incarnation()
                    && gap.partition() == segment.partition()
                    && gap.fromOffset() <= behind;
            if (begins && gap.untilOffset() != null) {
                behind = Math.max(behind, gap.untilOffset());
            }
        }
        return behind;
    }
}
