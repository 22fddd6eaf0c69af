package whisktape.recording;

import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.Message;
import whisktape.shapes.EventRows;

/** Counts the rows of one segment while it is written. */
final class SegmentCounts {
    private final Table table;
    private final int incarnation;
    private final int partition;
    private final long fromOffset;

    private long nextOffset;
    private String nextUpdateSeq;
    private long rows;
    private long activations;
    private long metrics;
    private long unreadable;
    private long duplicates;
    private long poison;
    private long deleted;
    private long designs;
    private long fromTimeMs = Long.MAX_VALUE;
    private long untilTimeMs = Long.MIN_VALUE;

    private SegmentCounts(Table table, int incarnation, int partition, long fromOffset, String nextUpdateSeq) {
        this.table = table;
        this.incarnation = incarnation;
        this.partition = partition;
        this.fromOffset = fromOffset;
        this.nextOffset = fromOffset;
        this.nextUpdateSeq = nextUpdateSeq;
    }

    static SegmentCounts ofEvents(int incarnation, int partition, long fromOffset) {
        return new SegmentCounts(Table.EVENTS, incarnation, partition, fromOffset, null);
    }

    /** Of documents from this change on, which are read behind this update sequence. */
    static SegmentCounts ofDocuments(int incarnation, long fromChange, String updateSeq) {
        return new SegmentCounts(Table.ACTIVATIONS, incarnation, 0, fromChange, updateSeq);
    }

    boolean isOf(Table of) {
        return of == table;
    }

    int incarnation() {
        return incarnation;
    }

    long nextOffset() {
        return nextOffset;
    }

    long rows() {
        return rows;
    }

    void count(Event event, boolean duplicate) {
        nextOffset = event.message().offset() + 1;
        rows++;
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

    /** Rows that are all readable, and so many of them duplicates. */
    void count(EventRows events, int duplicatesInThem) {
        int count = events.count();
        nextOffset = events.offsets()[count - 1] + 1;
        rows += count;
        int metricsInThem = events.metrics();
        metrics += metricsInThem;
        activations += count - metricsInThem;
        duplicates += duplicatesInThem;
        for (int row = 0; row < count; row++) {
            if (events.origin().hasTimestamps()) {
                countTime(events.timestampsMs()[row], events.timestampsMs()[row]);
            } else if (events.has(EventField.EVENT_TIME_MS, row)) {
                long timeMs = events.numbers(EventField.EVENT_TIME_MS)[row];
                countTime(timeMs, timeMs);
            }
        }
    }

    void count(Document document) {
        nextOffset++;
        rows++;
        if (document.deleted()) {
            deleted++;
        }
        if (document.body() instanceof DocumentBody.Activation activation) {
            activations++;
            if (!document.deleted()) {
                countTime(activation);
            }
        } else if (document.body() instanceof DocumentBody.Design) {
            designs++;
        } else if (document.body() instanceof DocumentBody.Unreadable) {
            unreadable++;
        }
    }

    /** A document came again and becomes no row. */
    void countAgain() {
        duplicates++;
    }

    /** Events that came shortly before already, or documents that came again, counted by somebody else. */
    void countAgain(long more) {
        duplicates += more;
    }

    /** A page has ended; reading goes on behind this update sequence. */
    void moveTo(String updateSeq) {
        nextUpdateSeq = updateSeq;
    }

    /** Counts of the segment after this one. */
    SegmentCounts next() {
        return new SegmentCounts(table, incarnation, partition, nextOffset, nextUpdateSeq);
    }

    Segment toSegment() {
        boolean timed = fromTimeMs <= untilTimeMs;
        boolean events = table == Table.EVENTS;
        Segment.Counts counts = new Segment.Counts(
                rows,
                activations,
                events ? metrics : null,
                unreadable,
                duplicates,
                events ? poison : null,
                events ? null : deleted,
                events ? null : designs,
                timed ? fromTimeMs : null,
                timed ? untilTimeMs : null);
        return new Segment(
                null, table.text(), incarnation, partition, fromOffset, nextOffset, nextUpdateSeq, counts, null, null);
    }

    private void countTime(Event event) {
        long timeMs = event.message().timestampMs();
        if (timeMs != Message.NO_TIMESTAMP) {
            countTime(timeMs, timeMs);
        } else if (event.envelope().timestampMs() != null) {
            countTime(event.envelope().timestampMs(), event.envelope().timestampMs());
        }
    }

    /** Triggers have no end but 0. */
    private void countTime(DocumentBody.Activation activation) {
        if (activation.startMs() != null) {
            boolean ended = activation.endMs() != null && activation.endMs() != 0;
            countTime(activation.startMs(), ended ? activation.endMs() : activation.startMs());
        }
    }

    private void countTime(long fromMs, long untilMs) {
        fromTimeMs = Math.min(fromTimeMs, fromMs);
        untilTimeMs = Math.max(untilTimeMs, untilMs);
    }
}
