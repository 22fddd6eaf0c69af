package whisktape.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.source.EventBatch;
import whisktape.source.ReadBatch;

/**
 * Measures what the stages of recording and replaying cost one thread, in nanoseconds of its CPU time an event: parsing, writing, and
 * reading back, without Kafka and after warming up. That tells where work on speed would pay, also on a busy machine.
 *
 * <p>Takes the number of events and of rounds.
 */
final class StageBenchmark {
    private static final int DIFFERENT = 200_000;
    private static final int POLLED = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ReadBatch reader = new ReadBatch();
    private final Path recording;
    private final List<byte[]> values = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    private StageBenchmark(Path recording) {
        this.recording = recording;
        GeneratedEvents generated = new GeneratedEvents(Benchmark.SEED, Benchmark.START_MS);
        for (int i = 0; i < DIFFERENT; i++) {
            values.add(generated.next());
            times.add(generated.timestampMs());
        }
    }

    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try {
            StageBenchmark stages = new StageBenchmark(scratch.resolve("recording"));
            System.out.printf("%-10s %10s %10s %10s %12s%n", "ns/event", "parse", "write", "read", "bytes/event");
            for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
                stages.run(round, Long.parseLong(args[0]));
                Benchmark.remove(stages.recording);
            }
        } finally {
            Benchmark.remove(scratch);
        }
    }

    private void run(int round, long events) throws Exception {
        long parseNanos = 0;
        long writeNanos = 0;
        try (RecordingWriter writer =
                RecordingWriter.create(recording, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            int count;
            for (long next = 0; next < events; next += count) {
                count = (int) Math.min(POLLED, events - next);
                ConsumerRecords<byte[], ByteBuffer> polled = ReadBatch.polled(messages(next, count));
                long start = THREADS.getCurrentThreadCpuTime();
                List<EventBatch> batches = reader.read(polled);
                long middle = THREADS.getCurrentThreadCpuTime();
                batches.forEach(batch -> write(writer, batch));
                parseNanos += middle - start;
                writeNanos += THREADS.getCurrentThreadCpuTime() - middle;
            }
            long start = THREADS.getCurrentThreadCpuTime();
            writer.finish();
            writeNanos += THREADS.getCurrentThreadCpuTime() - start;
        }
        long start = THREADS.getCurrentThreadCpuTime();
        Recording made = Recording.open(recording);
        long read = 0;
        long bytes = 0;
        for (Segment segment : made.manifest().segments()) {
            bytes += segment.sizeBytes();
            try (MessageReader reader = made.messagesOf(segment)) {
                while (reader.hasNext()) {
                    read += reader.next().message().value().length;
                }
            }
        }
        long readNanos = THREADS.getCurrentThreadCpuTime() - start;
        if (read == 0) {
            throw new IllegalStateException("nothing was read back");
        }
        System.out.printf(
                "round %-4d %10.0f %10.0f %10.0f %12.1f%n",
                round,
                parseNanos / (double) events,
                writeNanos / (double) events,
                readNanos / (double) events,
                bytes / (double) events);
    }

    private static void write(RecordingWriter writer, EventBatch batch) {
        batch.shaped().ifPresent(writer::write);
        batch.events().forEach(writer::write);
    }

    private List<Message> messages(long from, int count) {
        List<Message> messages = new ArrayList<>(count);
        for (long offset = from; offset < from + count; offset++) {
            int i = (int) (offset % DIFFERENT);
            long timeMs = times.get(i);
            messages.add(new Message(
                    1, 0, offset, timeMs, Message.TimestampType.CREATE, timeMs + 5, null, values.get(i), List.of()));
        }
        return messages;
    }
}
