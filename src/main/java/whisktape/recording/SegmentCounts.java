package whisktape.recording;

import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;

/** Counts the rows of one segment while it is written. */
final class SegmentCounts {
    private final int incarnation;
    private final int partition;
    private final long fromOffset;

    private long nextOffset;
    private long activations;
    private long metrics;
    private long unreadable;
    private long duplicates;
    private long poison;
    private long fromTimeMs = Long.MAX_VALUE;
    private long untilTimeMs = Long.MIN_VALUE;

    SegmentCounts(int incarnation, int partition, long fromOffset) {
        this.incarnation = incarnation;
        this.partition = partition;
        this.fromOffset = fromOffset;
        this.nextOffset = fromOffset;
    }

    long nextOffset() {
        return nextOffset;
    }

    void count(Event event, boolean duplicate) {
        nextOffset = event.message().offset() + 1;
        if (event.body() instanceof EventBody.Activation) {
            activations++;
        } else if (event.body() instanceof EventBody.Metric) {
            metrics++;
        } else {
            unreadable++;
        }
        if (duplicate) {
            duplicates++;
        }
        if (event.poison() != null) {
            poison++;
        }
        countTime(event);
    }

    Segment toSegment() {
        boolean timed = fromTimeMs <= untilTimeMs;
        return new Segment(
                null,
                Segment.EVENTS,
                incarnation,
                partition,
                fromOffset,
                nextOffset,
                activations + metrics + unreadable,
                activations,
                metrics,
                unreadable,
                duplicates,
                poison,
                timed ? fromTimeMs : null,
                timed ? untilTimeMs : null,
                null,
                null);
    }

    private void countTime(Event event) {
        long timeMs = event.message().timestampMs();
        if (timeMs == Message.NO_TIMESTAMP) {
            if (event.envelope().timestampMs() == null) {
                return;
            }
            timeMs = event.envelope().timestampMs();
        }
        fromTimeMs = Math.min(fromTimeMs, timeMs);
        untilTimeMs = Math.max(untilTimeMs, timeMs);
    }
}
