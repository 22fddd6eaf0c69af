package whisktape.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import whisktape.Event;
import whisktape.Message;

/** For tests: batches as {@link PolledEvents} makes them, and what is in them. */
public final class ReadBatch {
    private static final String TOPIC = "events";

    private final PolledEvents polled = new PolledEvents();

    /** All events of a batch, in their order. */
    public static List<Event> events(EventBatch batch) {
        List<Event> events = new ArrayList<>();
        batch.shaped().ifPresent(rows -> {
            for (int row = 0; row < rows.count(); row++) {
                events.add(rows.event(row));
            }
        });
        events.addAll(batch.events());
        return events;
    }

    /** What comes of messages that are polled so many at once. */
    public static List<EventBatch> of(List<Message> messages, int atOnce) {
        ReadBatch reader = new ReadBatch();
        List<EventBatch> batches = new ArrayList<>();
        for (int from = 0; from < messages.size(); from += atOnce) {
            batches.addAll(reader.read(polled(messages.subList(from, Math.min(messages.size(), from + atOnce)))));
        }
        return batches;
    }

    /** Messages as a consumer returns them. */
    public static ConsumerRecords<byte[], ByteBuffer> polled(List<Message> messages) {
        Map<TopicPartition, List<ConsumerRecord<byte[], ByteBuffer>>> records = new LinkedHashMap<>();
        for (Message message : messages) {
            records.computeIfAbsent(new TopicPartition(TOPIC, message.partition()), partition -> new ArrayList<>())
                    .add(record(message));
        }
        return new ConsumerRecords<>(records);
    }

    /** What comes of them, after all that was read before. */
    public List<EventBatch> read(ConsumerRecords<byte[], ByteBuffer> records) {
        return polled.read(records, 1);
    }

    private static ConsumerRecord<byte[], ByteBuffer> record(Message message) {
        RecordHeaders headers = new RecordHeaders();
        message.headers().forEach(header -> headers.add(header.key(), header.value()));
        return new ConsumerRecord<>(
                TOPIC,
                message.partition(),
                message.offset(),
                message.timestampMs(),
                type(message.timestampType()),
                0,
                0,
                message.key(),
                amongOthers(message.value()),
                headers,
                Optional.empty());
    }

    private static TimestampType type(Message.TimestampType type) {
        return switch (type) {
            case CREATE -> TimestampType.CREATE_TIME;
            case APPEND -> TimestampType.LOG_APPEND_TIME;
            case NONE -> TimestampType.NO_TIMESTAMP_TYPE;
        };
    }

    /** Kafka's values are parts of what was fetched. */
    private static ByteBuffer amongOthers(byte[] value) {
        if (value == null) {
            return null;
        }
        byte[] fetched = new byte[value.length + 14];
        System.arraycopy(value, 0, fetched, 7, value.length);
        return ByteBuffer.wrap(fetched, 7, value.length).slice();
    }
}
