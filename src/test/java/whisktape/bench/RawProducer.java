package whisktape.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import whisktape.replay.ReplaySettings;

/** What {@code replay} is compared with: a producer with the same settings and the events at hand. */
final class RawProducer {
    /** So many different events, sent over and over: making them must cost nothing while it is measured. */
    private static final int DIFFERENT = 100_000;

    private RawProducer() {}

    /** Takes address, topic and the number of events; prints the seconds from the first sent to the last acknowledged. */
    public static void main(String[] args) {
        long events = Long.parseLong(args[2]);
        List<byte[]> values = values();
        AtomicLong acknowledged = new AtomicLong();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ReplaySettings.producer(args[0]))) {
            producer.partitionsFor(args[1]);
            long start = System.nanoTime();
            for (long i = 0; i < events; i++) {
                byte[] value = values.get((int) (i % DIFFERENT));
                producer.send(new ProducerRecord<>(args[1], 0, Benchmark.START_MS + i, null, value), (at, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
            }
            producer.flush();
            System.out.println((System.nanoTime() - start) / 1e9);
        }
        if (acknowledged.get() != events) {
            throw new IllegalStateException(acknowledged + " of " + events + " acknowledged");
        }
    }

    private static List<byte[]> values() {
        GeneratedEvents generated = new GeneratedEvents(Benchmark.SEED, Benchmark.START_MS);
        List<byte[]> values = new ArrayList<>(DIFFERENT);
        for (int i = 0; i < DIFFERENT; i++) {
            values.add(generated.next());
        }
        return values;
    }
}
