package whisktape.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import whisktape.Event;
import whisktape.Message;
import whisktape.shapes.EventRows;

/** Puts what was polled into batches: events of known shapes as rows, straight from Kafka's bytes, the others each by itself. */
final class PolledEvents {
    /** How many rows there is room for where others came in between shortly before. */
    private static final int LITTLE_ROOM = 64;

    private final EventParser parser = new EventParser();

    /** The batch being filled: rows, and what comes behind them. */
    private EventRows rows;

    private List<Event> others = new ArrayList<>();
    private List<EventBatch> batches = new ArrayList<>();
    private boolean wasCutShort;

    /** All of them, in the order in which they came. */
    List<EventBatch> read(ConsumerRecords<byte[], ByteBuffer> polled, int incarnation) {
        long now = System.currentTimeMillis();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], ByteBuffer>> records = polled.records(partition);
            for (int i = 0; i < records.size(); i++) {
                read(records.get(i), incarnation, now, records.size() - i);
            }
            endBatch();
        }
        List<EventBatch> read = batches;
        batches = new ArrayList<>();
        return read;
    }

    private void read(ConsumerRecord<byte[], ByteBuffer> record, int incarnation, long now, int left) {
        ByteBuffer value = record.value();
        if (isBare(record) && value.hasArray()) {
            int from = value.arrayOffset() + value.position();
            int until = value.arrayOffset() + value.limit();
            if (parser.knows(value.array(), from, until)) {
                takeRows(record, incarnation, now, left);
                if (parser.add(rows, value.array(), record.offset(), record.timestamp())) {
                    return;
                }
            }
        }
        others.add(parser.parse(TopicConsumer.message(record, incarnation, now)));
    }

    /** As OpenWhisk sends it. */
    private static boolean isBare(ConsumerRecord<byte[], ByteBuffer> record) {
        return record.key() == null
                && record.value() != null
                && !record.headers().iterator().hasNext();
    }

    /** Makes sure that the next row can go to the batch being filled. */
    private void takeRows(ConsumerRecord<byte[], ByteBuffer> record, int incarnation, long now, int left) {
        Message.TimestampType type = TopicConsumer.timestampType(record.timestampType());
        boolean hasTimestamp = record.timestamp() != Message.NO_TIMESTAMP;
        if (rows == null
                || rows.isFull()
                || !others.isEmpty()
                || !parser.takes(rows)
                || rows.origin().timestampType() != type
                || rows.origin().hasTimestamps() != hasTimestamp) {
            wasCutShort = rows != null && !rows.isFull();
            endBatch();
            rows = parser.newRows(
                    new EventRows.Origin(incarnation, record.partition(), type, hasTimestamp, now),
                    wasCutShort ? Math.min(left, LITTLE_ROOM) : left);
        }
    }

    private void endBatch() {
        if (rows != null && rows.count() > 0 || !others.isEmpty()) {
            batches.add(new EventBatch(Optional.ofNullable(rows).filter(some -> some.count() > 0), others));
            others = new ArrayList<>();
        }
        rows = null;
    }
}
