package whisktape.cli;

import java.util.List;
import whisktape.recording.Segment;

/**
 * What the segments of one table hold, added up; {@link Segment.Counts} says what each number counts. One loop for all of them:
 * {@code info} would begin ten streams otherwise, and each costs a third of a millisecond before its first element.
 */
record Totals(
        long rows,
        long activations,
        long metrics,
        long unreadable,
        long duplicates,
        long deleted,
        long designs,
        long sizeBytes) {

    static Totals of(List<Segment> segments) {
        long rows = 0;
        long activations = 0;
        long metrics = 0;
        long unreadable = 0;
        long duplicates = 0;
        long deleted = 0;
        long designs = 0;
        long sizeBytes = 0;
        for (Segment segment : segments) {
            rows += segment.rows();
            activations += segment.activations();
            metrics += segment.metrics();
            unreadable += segment.unreadable();
            duplicates += segment.duplicates();
            deleted += segment.deleted();
            designs += segment.designs();
            sizeBytes += segment.sizeBytes();
        }
        return new Totals(rows, activations, metrics, unreadable, duplicates, deleted, designs, sizeBytes);
    }
}
