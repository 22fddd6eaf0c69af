package whisktape.recording;

import java.util.Comparator;

/** The order in which segments are listed, read and replayed. */
final class SegmentOrder {
    static final Comparator<Segment> BY_POSITION = Comparator.comparingInt(Segment::incarnation)
            .thenComparingInt(Segment::partition)
            .thenComparingLong(Segment::fromOffset)
            .thenComparing(Comparator.comparingLong(Segment::nextOffset).reversed());

    private SegmentOrder() {}
}
