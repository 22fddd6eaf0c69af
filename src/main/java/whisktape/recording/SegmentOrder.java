package whisktape.recording;

import java.util.Comparator;
import java.util.List;

/** The order in which segments are listed, read and replayed. */
final class SegmentOrder implements Comparator<Segment> {
    static final SegmentOrder BY_POSITION = new SegmentOrder();

    private SegmentOrder() {}

    static boolean isKeptBy(List<Segment> segments) {
        for (int i = 1; i < segments.size(); i++) {
            if (BY_POSITION.compare(segments.get(i - 1), segments.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compare(Segment a, Segment b) {
        int order = Table.of(a.table()).compareTo(Table.of(b.table()));
        order = order != 0 ? order : Integer.compare(a.incarnation(), b.incarnation());
        order = order != 0 ? order : Integer.compare(a.partition(), b.partition());
        order = order != 0 ? order : Long.compare(a.fromOffset(), b.fromOffset());
        return order != 0 ? order : Long.compare(b.nextOffset(), a.nextOffset());
    }
}
