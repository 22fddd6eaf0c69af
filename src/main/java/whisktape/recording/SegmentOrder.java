package whisktape.recording;

import java.util.Comparator;

/** The order in which segments are listed, read and replayed. */
final class SegmentOrder {
    static final Comparator<Segment> BY_POSITION = Comparator.comparing((Segment segment) -> Table.of(segment.table()))
            .thenComparingInt(Segment::incarnation)
            .thenComparingInt(Segment::partition)
            .thenComparingLong(Segment::fromOffset)
            .thenComparing(Comparator.comparingLong(Segment::nextOffset).reversed());

    private SegmentOrder() {}
}
