package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import whisktape.Fixtures;
import whisktape.Message;

class KafkaEventPublisherTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, new ByteArraySerializer(), new ByteArraySerializer());
    private final Deliveries deliveries = new Deliveries();

    @Test
    void sendsWhatTheMessageHolds() {
        Message message = new Message(
                1,
                2,
                40,
                1234,
                Message.TimestampType.CREATE,
                7,
                new byte[] {1},
                new byte[] {2, 0},
                List.of(new Message.Header("a", null), new Message.Header("a", new byte[] {3})));

        publisher(3).publish(message, deliveries);

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("events");
        assertThat(sent.partition()).isEqualTo(2);
        assertThat(sent.timestamp()).isEqualTo(1234);
        assertThat(sent.key()).containsExactly(1);
        assertThat(sent.value()).containsExactly(2, 0);
        assertThat(sent.headers().toArray()).extracting(Header::key).containsExactly("a", "a");
        assertThat(sent.headers().toArray()[0].value()).isNull();
        assertThat(sent.headers().toArray()[1].value()).containsExactly(3);
    }

    @Test
    void sendsATombstoneWithoutTimestampAsOne() {
        publisher(1).publish(Fixtures.message(0, 0, Message.NO_TIMESTAMP, null), deliveries);

        assertThat(producer.history().get(0).value()).isNull();
        assertThat(producer.history().get(0).key()).isNull();
        assertThat(producer.history().get(0).timestamp()).isNull();
    }

    @Test
    void takesThePartitionModuloWhereThereAreFewer() {
        publisher(2).publish(Fixtures.message(5, 0, 1, "x"), deliveries);

        assertThat(producer.history().get(0).partition()).isEqualTo(1);
    }

    @Test
    void countsAnEventWhenTheBrokerHasIt() {
        publisher(1).publish(Fixtures.message(0, 0, 1, "x"), deliveries);
        assertThat(deliveries.acknowledged()).isZero();

        producer.completeNext();
        assertThat(deliveries.acknowledged()).isEqualTo(1);
    }

    @Test
    void tellsFailuresOfOneEventFromThoseOfAll() {
        publisher(1).publish(Fixtures.message(0, 8, 1, "x"), deliveries);
        producer.errorNext(new RecordTooLargeException("too large for the topic"));
        assertThat(deliveries.isHopeless()).isFalse();

        publisher(1).publish(Fixtures.message(0, 9, 1, "x"), deliveries);
        producer.errorNext(new TimeoutException("nobody there"));
        assertThat(deliveries.isHopeless()).isTrue();

        assertThat(deliveries.failed()).isEqualTo(2);
        assertThat(deliveries.firstFailure()).hasValue("partition 0, offset 8: too large for the topic");
    }

    @Test
    void leavesTheUserWhatIsNotOurs() {
        Map<String, Object> settings = KafkaEventPublisher.settings(
                "h:1",
                Map.of(
                        "acks", "0",
                        "enable.idempotence", "false",
                        "bootstrap.servers", "production:9092",
                        "transactional.id", "t",
                        "compression.type", "lz4",
                        "security.protocol", "SASL_SSL"),
                Speed.MAX,
                1_000_000);

        assertThat(settings)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("bootstrap.servers", "h:1")
                .containsEntry("compression.type", "lz4")
                .containsEntry("security.protocol", "SASL_SSL")
                .doesNotContainKey("transactional.id");
    }

    @Test
    void waitsForFullBatchesOnlyAtFullSpeed() {
        assertThat(KafkaEventPublisher.settings("h:1", Map.of(), Speed.RECORDED, 1_000_000))
                .containsEntry("linger.ms", 0);
        assertThat(KafkaEventPublisher.settings("h:1", Map.of(), Speed.MAX, 1_000_000))
                .containsEntry("linger.ms", 5);
    }

    @Test
    void fillsNoBatchThatTheTopicWouldNotTake() {
        assertThat(KafkaEventPublisher.settings("h:1", Map.of(), Speed.MAX, 1_000_000))
                .containsEntry("batch.size", 256 << 10);
        assertThat(KafkaEventPublisher.settings("h:1", Map.of(), Speed.MAX, 10_000))
                .containsEntry("batch.size", 10_000);
    }

    private KafkaEventPublisher publisher(int partitions) {
        return new KafkaEventPublisher(producer, "events", partitions);
    }
}
