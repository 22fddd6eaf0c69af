package whisktape.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import whisktape.Gap;

/** Compares what the segments of a recording hold with what they should hold: every offset once, or a gap that says why not. */
final class Continuity {
    private Continuity() {}

    /** Ranges of offsets between segments that no gap explains. */
    static List<Gap> holes(Manifest manifest) {
        List<Gap> holes = new ArrayList<>();
        if (manifest.kafka() == null) {
            return holes;
        }
        for (Manifest.Life life : manifest.kafka().lives()) {
            Map<Integer, Long> next = new HashMap<>(life.startOffsets());
            for (Segment segment : manifest.segments()) {
                if (segment.incarnation() == life.incarnation()) {
                    long expected = next.getOrDefault(segment.partition(), segment.fromOffset());
                    long known = behindGaps(manifest.gaps(), life.incarnation(), segment.partition(), expected);
                    if (known < segment.fromOffset()) {
                        holes.add(new Gap(
                                life.incarnation(), segment.partition(), known, segment.fromOffset(), Gap.DAMAGED));
                    }
                    next.put(segment.partition(), segment.nextOffset());
                }
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

    private static long behindGaps(List<Gap> gaps, int incarnation, int partition, long offset) {
        long behind = offset;
        for (Gap gap : gaps) {
            boolean begins =
                    gap.incarnation() == incarnation && gap.partition() == partition && gap.fromOffset() <= behind;
            if (begins && gap.untilOffset() != null) {
                behind = Math.max(behind, gap.untilOffset());
            }
        }
        return behind;
    }
}
