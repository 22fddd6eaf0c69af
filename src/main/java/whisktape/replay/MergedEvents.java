package whisktape.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import whisktape.recording.Segment;

/**
 * The selected events of all partitions in one order: by time across partitions, by offset within one. The lives of a topic
 * come one after the other.
 */
final class MergedEvents implements AutoCloseable {
    private static final Comparator<PartitionEvents> BY_TIME =
            Comparator.comparingLong(PartitionEvents::dueMs).thenComparingInt(PartitionEvents::partition);

    private final Selection selection;
    private final List<List<Segment>> lives;
    private final PriorityQueue<PartitionEvents> others = new PriorityQueue<>(BY_TIME);
    private final List<PartitionEvents> opened = new ArrayList<>();

    private int nextLife;
    private PartitionEvents current;

    MergedEvents(Selection selection) {
        this.selection = selection;
        this.lives = new ArrayList<>(selection.recording().segments(Segment.EVENTS).stream()
                .collect(Collectors.groupingBy(Segment::incarnation, TreeMap::new, Collectors.toList()))
                .values());
    }

    /** The partition that has the next event, at that event until the next call; null after the last. */
    PartitionEvents next() {
        if (current != null && !current.advance()) {
            current = others.poll();
        } else if (current != null && !others.isEmpty() && BY_TIME.compare(others.peek(), current) < 0) {
            others.add(current);
            current = others.poll();
        }
        while (current == null && nextLife < lives.size()) {
            open(lives.get(nextLife++));
            current = others.poll();
        }
        return current;
    }

    @Override
    public void close() {
        opened.forEach(PartitionEvents::close);
    }

    private void open(List<Segment> life) {
        life.stream()
                .collect(Collectors.groupingBy(Segment::partition))
                .values()
                .forEach(segments -> {
                    PartitionEvents events = new PartitionEvents(selection, segments);
                    opened.add(events);
                    if (events.advance()) {
                        others.add(events);
                    }
                });
    }
}
