package whisktape.sharing;

import java.util.HashMap;
import java.util.Map;
import whisktape.Gap;
import whisktape.recording.Segment;

/**
 * Which rows of a recording are shared. Offsets stay what they are, and each segment goes on where the one before ended, so what was
 * cut out is accounted for as what Kafka's log leaves out; changes of the database, which whisktape numbers itself, are numbered anew.
 *
 * @param description for the label {@code cut} of the shared recording; null where nothing is cut out
 * @param events which of them
 * @param documents which of them
 */
public record Cut(String description, RowFilter events, RowFilter documents) {

    /** All of a recording. */
    public static final Cut NONE =
            new Cut(null, (incarnation, partition, offset) -> true, (incarnation, partition, change) -> true);

    private static final long FIRST_CHANGE = 1;

    boolean isWhole() {
        return description == null;
    }

    boolean holds(Segment segment, long number) {
        RowFilter filter = segment.table().equals(Segment.EVENTS) ? events : documents;
        return filter.test(segment.incarnation(), segment.partition(), number);
    }

    /** A gap in the numbers of changes is one somewhere when they are numbered anew. */
    Gap place(Gap gap) {
        return isWhole() || !gap.isOfDocuments() ? gap : Gap.ofDocuments(gap.incarnation(), FIRST_CHANGE, gap.reason());
    }

    /** Where the segments of the shared recording begin. */
    static final class Places {
        private final Map<Place, Long> next = new HashMap<>();

        private record Place(String table, int incarnation, int partition) {}

        /** The same segment with its new beginning, and as yet without counts. */
        Segment begin(Segment segment) {
            long from = next.computeIfAbsent(place(segment), place -> segment.fromOffset());
            return new Segment(
                    null,
                    segment.table(),
                    segment.incarnation(),
                    segment.partition(),
                    from,
                    from,
                    segment.nextUpdateSeq(),
                    Segment.Counts.NONE,
                    null,
                    null);
        }

        void end(Segment segment, long nextOffset) {
            next.put(place(segment), nextOffset);
        }

        private static Place place(Segment segment) {
            return new Place(segment.table(), segment.incarnation(), segment.partition());
        }
    }
}
