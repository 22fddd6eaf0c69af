package whisktape.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.lab.EmbeddedKafka;

/** Fills a topic. */
final class Topic implements AutoCloseable {
    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failed = new AtomicReference<>();

    Topic(String bootstrapServers, String name, Map<String, Object> settings) {
        this.name = name;
        Map<String, Object> config = new HashMap<>(settings);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Topic(EmbeddedKafka kafka, String name, Map<String, Object> settings) {
        this(kafka.bootstrapServers(), name, settings);
    }

    Topic(EmbeddedKafka kafka, String name) {
        this(kafka, name, Map.of());
    }

    /** An activation event as OpenWhisk writes it, with an id that its number makes and that does not compress. */
    static String event(long number) {
        return """
                {"body":{"activationId":"%s","conductor":false,"duration":3,"initTime":0,"kind":"nodejs:20",\
                "memory":256,"name":"guest/hello","size":27,"statusCode":0,"waitTime":42},"eventType":"Activation",\
                "namespace":"guest","source":"invoker1","subject":"guest","timestamp":%d,\
                "userId":"23bc46b1-71f6-4ed5-8c54-816aa4f8c502"}""".formatted(activationId(number), 1_795_427_079_000L + number);
    }

    static String activationId(long number) {
        return "%016x%016x".formatted(number * 0x9e3779b97f4a7c15L, number * 0xd6e8feb86659fd93L);
    }

    Future<RecordMetadata> send(int partition, String value) {
        return send(new ProducerRecord<>(name, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
        return producer.send(message, (metadata, exception) -> {
            if (exception != null) {
                failed.compareAndSet(null, exception);
            }
        });
    }

    /** Sends events with these numbers to partition 0 and waits until the broker has them. */
    void fill(long from, long until) throws InterruptedException, ExecutionException {
        Future<RecordMetadata> last = null;
        for (long number = from; number < until; number++) {
            last = send(0, event(number));
        }
        producer.flush();
        last.get();
    }

    /** Sends messages that OpenWhisk does not send, and waits until the broker has them. */
    void fillWithOddMessages() throws InterruptedException, ExecutionException {
        for (OddMessages.Odd odd : OddMessages.all().values()) {
            List<Header> headers = new ArrayList<>();
            for (Message.Header header : odd.headers()) {
                headers.add(new RecordHeader(header.key(), header.value()));
            }
            send(new ProducerRecord<>(name, 0, 1_795_427_079_834L, odd.key(), odd.value(), headers))
                    .get();
        }
    }

    void flush() {
        producer.flush();
    }

    /** Throws if the broker has not taken all that was sent: a test that counts messages must not count on those. */
    @Override
    public void close() {
        producer.close();
        if (failed.get() != null) {
            throw new IllegalStateException("not all messages reached topic " + name, failed.get());
        }
    }
}
