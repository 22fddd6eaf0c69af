package whisktape.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import whisktape.Gap;

/**
 * What several recordings hold of one partition, put together: ranges without a hole, and gaps between them.
 *
 * @param ranges ascending; none touches the next
 * @param gaps ascending
 */
record OffsetRanges(List<Range> ranges, List<Gap> gaps) {

    /** Offsets from one on and before another. */
    record Range(long from, long until) {}

    /**
     * Of these segments of one partition, which may overlap.
     *
     * @param start where the first recording began; what is missing from there on is a gap
     * @param known gaps of the recordings; those that another recording fills are none any more
     */
    static OffsetRanges of(int incarnation, int partition, long start, List<Segment> segments, List<Gap> known) {
        List<Range> ranges = joined(segments);
        List<Gap> gaps = new ArrayList<>();
        long next = start;
        for (Range range : ranges) {
            addGaps(gaps, incarnation, partition, next, range.from(), known);
            next = Math.max(next, range.until());
        }
        long end = next;
        long behindGaps = known.stream()
                .filter(gap -> gap.untilOffset() != null)
                .mapToLong(Gap::untilOffset)
                .reduce(end, Math::max);
        addGaps(gaps, incarnation, partition, end, behindGaps, known);
        known.stream()
                .filter(gap -> gap.untilOffset() == null && gap.fromOffset() >= end)
                .max(Comparator.comparingLong(Gap::fromOffset))
                .ifPresent(open -> gaps.add(new Gap(incarnation, partition, behindGaps, null, open.reason())));
        return new OffsetRanges(ranges, gaps);
    }

    /** Where reading would go on. */
    long end(long start) {
        long behindRanges =
                ranges.isEmpty() ? start : ranges.get(ranges.size() - 1).until();
        return gaps.stream()
                .filter(gap -> gap.untilOffset() != null)
                .mapToLong(Gap::untilOffset)
                .reduce(behindRanges, Math::max);
    }

    boolean endsOpen() {
        return gaps.stream().anyMatch(gap -> gap.untilOffset() == null);
    }

    private static List<Range> joined(List<Segment> segments) {
        List<Range> ranges = new ArrayList<>();
        for (Segment segment :
                segments.stream().sorted(SegmentOrder.BY_POSITION).toList()) {
            Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && segment.fromOffset() <= last.until()) {
                ranges.set(ranges.size() - 1, new Range(last.from(), Math.max(last.until(), segment.nextOffset())));
            } else {
                ranges.add(new Range(segment.fromOffset(), segment.nextOffset()));
            }
        }
        return ranges;
    }

    /** Explains what is missing by what the recordings say, and the rest by nobody having recorded. */
    private static void addGaps(
            List<Gap> gaps, int incarnation, int partition, long from, long until, List<Gap> known) {
        long next = from;
        List<Gap> sorted = known.stream()
                .filter(gap -> gap.untilOffset() != null)
                .sorted(Comparator.comparingLong(Gap::fromOffset))
                .toList();
        for (Gap gap : sorted) {
            long begin = Math.max(next, gap.fromOffset());
            long end = Math.min(until, gap.untilOffset());
            if (begin < end) {
                addUnrecorded(gaps, incarnation, partition, next, begin);
                gaps.add(new Gap(incarnation, partition, begin, end, gap.reason()));
                next = end;
            }
        }
        addUnrecorded(gaps, incarnation, partition, next, until);
    }

    private static void addUnrecorded(List<Gap> gaps, int incarnation, int partition, long from, long until) {
        if (from < until) {
            gaps.add(new Gap(incarnation, partition, from, until, Gap.UNRECORDED));
        }
    }
}
