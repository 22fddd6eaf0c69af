package whisktape.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures whisktape beside bare Kafka clients: one broker, one topic, in turns, each in a process of its own.
 *
 * <p>Takes the number of events and of rounds.
 */
final class Benchmark implements AutoCloseable {
    static final long SEED = 20_260_314;
    static final long START_MS = Instant.parse("2026-03-14T09:15:00Z").toEpochMilli();

    private static final double BUSY = 0.5;
    private static final String FILLED = "filled";
    private static final Duration PACED = Duration.ofSeconds(20);
    private static final Pattern RECORDED = Pattern.compile("recorded ([\\d,]+) events in ([\\d,.]+) s ");

    private final long events;
    private final int rounds;
    private final Path scratch;
    private final BrokerProcess broker;
    private final Admin admin;
    private final Result result = new Result();

    private Benchmark(long events, int rounds, Path scratch) throws IOException {
        this.events = events;
        this.rounds = rounds;
        this.scratch = scratch;
        this.broker = BrokerProcess.start(scratch.resolve("broker"));
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try (Benchmark benchmark = new Benchmark(Long.parseLong(args[0]), Integer.parseInt(args[1]), scratch)) {
            benchmark.run();
        } finally {
            remove(scratch);
        }
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
    }

    private void run() throws Exception {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load > BUSY) {
            say("this machine is busy (load %.1f): only bytes, memory and cpu time will mean anything", load);
        }
        say("filling a topic with %,d events", events);
        fill();
        for (int round = 1; round <= rounds; round++) {
            Path recording = scratch.resolve("recording");
            say("round %d of %d", round, rounds);
            result.rawConsumer.add(rawConsumer());
            result.record.add(record(recording));
            result.bytesPerEvent.add(parquetBytes(recording) / (double) events);
            sparkStream(scratch.resolve("streamed"));
            result.rawProducer.add(rawProducer());
            result.replay.add(replay(recording));
            result.paces.add(pace(recording));
            remove(recording);
        }
        commands();
        result.print(System.out, events, rounds);
    }

    private void commands() throws Exception {
        say("commands");
        Path lines = scratch.resolve("lines");
        result.kcatSeconds = CommandPeers.kcatSeconds(broker.bootstrapServers(), FILLED, lines);
        if (result.kcatSeconds.isPresent()) {
            Path first = scratch.resolve("first-lines");
            Path packed = scratch.resolve("packed");
            CommandPeers.takeFirst(lines, first);
            result.gzipBytes = CommandPeers.packedBytes(first, packed, "gzip", "-6", "-c");
            result.zstdBytes = CommandPeers.packedBytes(first, packed, "zstd", "-19", "--long=27", "-q", "-c");
        }
    }

    private void fill() throws Exception {
        create(FILLED, Map.of());
        GeneratedEvents generated = new GeneratedEvents(SEED, START_MS);
        long bytes = 0;
        // Kafka's own defaults, which are what OpenWhisk's producer sends with: batches of at most 16 KiB,
        // uncompressed.
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < events; i++) {
                byte[] value = generated.next();
                bytes += value.length;
                producer.send(new ProducerRecord<>(FILLED, 0, generated.timestampMs(), null, value));
            }
        }
        result.eventBytes = bytes / (double) events;
    }

    private Series.Round rawConsumer() throws Exception {
        Run run = Run.main(scratch, RawConsumer.class, broker.bootstrapServers(), FILLED, Long.toString(events));
        return round("raw consumer", Double.parseDouble(run.output().split(" ")[0]), run);
    }

    private Series.Round record(Path recording) throws Exception {
        Run run = Run.whisktape(
                scratch,
                "record",
                "--quiet",
                "--kafka",
                broker.bootstrapServers(),
                "--topic",
                FILLED,
                "-o",
                recording.toString(),
                "--from",
                "earliest",
                "--until-idle",
                "1s");
        Matcher printed = RECORDED.matcher(run.output());
        if (!printed.find() || number(printed.group(1)) != events) {
            throw new IllegalStateException("record did not record all: " + run.output());
        }
        return round("whisktape record", number(printed.group(2)), run);
    }

    /** Only where {@code mvn -f src/test/spark -Pkafka package} has been run. */
    private void sparkStream(Path folder) throws Exception {
        if (!Files.isDirectory(Run.SPARK)) {
            say("  no Spark: mvn -f src/test/spark -Pkafka package gets one");
            return;
        }
        Run run = Run.spark(scratch, SparkStream.class, broker.bootstrapServers(), FILLED, folder.toString());
        String[] printed = run.output().strip().split(" ");
        if (Long.parseLong(printed[1]) != events) {
            throw new IllegalStateException("Spark did not read all: " + run.output());
        }
        result.spark.add(round("Spark Structured Streaming", Double.parseDouble(printed[0]), run));
        result.sparkBytesPerEvent.add(parquetBytes(folder) / (double) events);
        remove(folder);
    }

    private static long parquetBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Series.Round rawProducer() throws Exception {
        create("produced", Map.of());
        Run run = Run.main(scratch, RawProducer.class, broker.bootstrapServers(), "produced", Long.toString(events));
        delete("produced");
        return round("raw producer", Double.parseDouble(run.output().strip()), run);
    }

    private Series.Round replay(Path recording) throws Exception {
        create("replayed", Map.of());
        Run run = replay(recording, "replayed", "--speed", "max");
        delete("replayed");
        JsonNode printed = new ObjectMapper().readTree(run.output());
        if (printed.get("sent").asLong() != events) {
            throw new IllegalStateException("replay did not send all: " + run.output());
        }
        return round("whisktape replay --speed max", printed.get("elapsed_ms").asDouble() / 1e3, run);
    }

    private Pace pace(Path recording) throws Exception {
        create("paced", Map.of("message.timestamp.type", "LogAppendTime"));
        Instant until = Instant.ofEpochMilli(START_MS).plus(PACED);
        Run run = replay(recording, "paced", "--speed", "1", "--until", until.toString());
        List<Long> recordedMs = recordedUntil(until);
        JsonNode printed = new ObjectMapper().readTree(run.output());
        if (printed.get("sent").asLong() != recordedMs.size()) {
            throw new IllegalStateException("replay did not send " + recordedMs.size() + ": " + run.output());
        }
        List<Long> stampsMs = Pace.stampsMs(broker.bootstrapServers(), "paced", recordedMs.size());
        Pace pace = Pace.of(printed, stampsMs, recordedMs);
        delete("paced");
        say("  paced replay: lateness p99 %.3f ms, max %.3f ms, %d early", pace.p99Ms(), pace.maxMs(), pace.early());
        return pace;
    }

    private Run replay(Path recording, String topic, String... pace) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "replay",
                recording.toString(),
                "--quiet",
                "--json",
                "--to",
                broker.bootstrapServers(),
                "--topic",
                topic));
        // The recording comes from the same broker, which is what --force is about.
        args.add("--force");
        args.addAll(List.of(pace));
        return Run.whisktape(scratch, args.toArray(String[]::new));
    }

    private Series.Round round(String what, double seconds, Run run) {
        say("  %-30s %,9.0f events/s", what, events / seconds);
        return new Series.Round(events / seconds, run);
    }

    /** The times of the events before this moment, made once more. */
    private List<Long> recordedUntil(Instant until) {
        List<Long> times = new ArrayList<>();
        GeneratedEvents generated = new GeneratedEvents(SEED, START_MS);
        for (long i = 0; i < events; i++) {
            generated.next();
            if (generated.timestampMs() >= until.toEpochMilli()) {
                break;
            }
            times.add(generated.timestampMs());
        }
        return times;
    }

    private void create(String topic, Map<String, String> config) throws Exception {
        Map<String, String> kept = new HashMap<>(config);
        kept.put("retention.ms", "-1");
        // Else deleted topics would fill the disk for another minute.
        kept.put("file.delete.delay.ms", "100");
        NewTopic created = new NewTopic(topic, Optional.of(1), Optional.of((short) 1)).configs(kept);
        admin.createTopics(List.of(created)).all().get();
    }

    private void delete(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    static void say(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
