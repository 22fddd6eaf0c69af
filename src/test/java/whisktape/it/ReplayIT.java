package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.Position;
import whisktape.cli.Main;
import whisktape.lab.EmbeddedKafka;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

@Timeout(60)
class ReplayIT {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final long RECORDED_MS = 1_767_604_500_000L;

    @TempDir
    static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    Path folder;

    private final String topic = "events-" + TOPICS.incrementAndGet();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(brokerFolder, 0);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void nameARecordingThatIsNotThereYet() {
        folder = folder.resolve("run");
    }

    @Test
    void bringsBackBytesKeysHeadersTombstonesAndOrder() {
        List<Message> recorded = oddMessages();
        Fixtures.recording(folder, recorded);
        kafka.createTopic(topic, 3, Map.of("max.message.bytes", "4000000"));

        assertThat(replay("--speed", "max")).as(err.toString()).isZero();

        for (int partition = 0; partition < 3; partition++) {
            int wanted = partition;
            assertThat(consume(partition).stream().map(ReplayIT::verbatim))
                    .containsExactlyElementsOf(recorded.stream()
                            .filter(message -> message.partition() == wanted)
                            .map(ReplayIT::verbatim)
                            .toList());
        }
        assertThat(out.toString())
                .startsWith(String.format(Locale.ROOT, "sent %,d events", recorded.size()) + " to topic " + topic
                        + " at " + kafka.bootstrapServers())
                .contains("  failed      0\n  skipped     0\n");
    }

    @Test
    void printsExactlyTheContractedJson() {
        record(10, 0);
        kafka.createTopic(topic, 1, Map.of());

        assertThat(replay("--speed", "10", "--json")).isZero();

        assertThat(out.toString())
                .matches("\\{\"sent\":10,\"failed\":0,\"skipped\":0,\"elapsed_ms\":\\d+,"
                        + "\"lateness_ms\":\\{\"p50\":\\d+\\.\\d+,\"p99\":\\d+\\.\\d+,\"max\":\\d+\\.\\d+}}\n");
    }

    @Test
    void createsAMissingTopicWithThePartitionsRecorded() {
        Fixtures.recording(folder, List.of(message(4, 0, RECORDED_MS, "x"), message(1, 0, RECORDED_MS, "y")));

        assertThat(replay("--speed", "max")).isZero();

        assertThat(err)
                .hasToString("created topic " + topic + " at " + kafka.bootstrapServers() + " with 5 partitions\n");
        assertThat(partitions()).isEqualTo(5);
        assertThat(consume(4)).hasSize(1);
        // Its timestamp is older than any default retention: it must stay as it was recorded.
        assertThat(consume(1)).extracting(Message::timestampMs).containsExactly(RECORDED_MS);
    }

    @Test
    void foldsPartitionsIntoFewerAndSaysSo() {
        List<Message> messages = new ArrayList<>();
        for (long i = 0; i < 20; i++) {
            messages.add(message(0, i, RECORDED_MS + i, "zero " + i));
            messages.add(message(2, i, RECORDED_MS + i, "two " + i));
        }
        Fixtures.recording(folder, messages);
        kafka.createTopic(topic, 2, Map.of());

        assertThat(replay("--speed", "max", "--rebase", "now")).isZero();

        assertThat(err.toString()).contains("has 2 of the 3 partitions recorded: partition n goes into n modulo 2");
        assertThat(values(0)).filteredOn(value -> value.startsWith("zero")).isEqualTo(numbered("zero ", 20));
        assertThat(values(0)).filteredOn(value -> value.startsWith("two")).isEqualTo(numbered("two ", 20));
    }

    @Test
    void refusesTheClusterThatTheRecordingComesFromUnlessForced() {
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(kafka.clusterId(), "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.write(Fixtures.unread(message(0, 0, RECORDED_MS, "x")));
            writer.finish();
        }

        assertThat(replay("--speed", "max")).isEqualTo(2);
        assertThat(err.toString()).contains("the recording comes from this cluster (" + kafka.clusterId() + ")");
        assertThat(topics()).doesNotContain(topic);

        assertThat(replay("--speed", "max", "--force")).isZero();
        assertThat(values(0)).containsExactly("x");
    }

    @Test
    void refusesATopicThatIsNotEmptyUnlessForced() {
        record(3, 0);
        kafka.createTopic(topic, 2, Map.of());
        produce(1, "already there");

        assertThat(replay("--speed", "max")).isEqualTo(2);
        assertThat(err)
                .hasToString("whisktape replay: not replayed into topic " + topic + " at " + kafka.bootstrapServers()
                        + ": it is not empty, partition 1 holds 1 event; name an empty or a new one with --topic,"
                        + " or insist with --force\n");
        assertThat(values(0)).isEmpty();

        assertThat(replay("--speed", "max", "--force")).isZero();
        assertThat(values(0)).hasSize(3);
    }

    @Test
    void takesATopicWhoseEventsAreAllGoneAsEmpty() {
        record(3, 0);
        kafka.createTopic(topic, 1, Map.of());
        produce(0, "deleted");
        kafka.deleteRecordsBefore(topic, 0, 1);

        assertThat(replay("--speed", "max")).as(err.toString()).isZero();
    }

    @Test
    void sendsPoisonOnlyWhereAllowed() {
        Event poison = new Event(
                message(0, 1, RECORDED_MS, "{\"body\":{\"statusCode\":4}}"),
                Event.Envelope.ABSENT,
                new EventBody.Unreadable("not looked into"),
                null,
                "statusCode 4");
        Fixtures.recordingOf(folder, List.of(Fixtures.unread(message(0, 0, RECORDED_MS, "harmless")), poison));

        assertThat(replay("--speed", "max")).isEqualTo(2);
        assertThat(err.toString()).contains("the first at partition 0, offset 1: statusCode 4");
        assertThat(topics()).doesNotContain(topic);

        assertThat(replay("--speed", "max", "--allow-poison")).isZero();
        assertThat(values(0)).containsExactly("harmless", "{\"body\":{\"statusCode\":4}}");
    }

    @Test
    void contactsNobodyInADryRun() {
        record(3, 0);

        assertThat(replay("--dry-run")).isZero();

        assertThat(out.toString()).startsWith("would send 3 events to topic " + topic);
        assertThat(topics()).doesNotContain(topic);
    }

    @Test
    void repeatsTheWholeSelection() {
        record(4, 50);

        assertThat(replay("--loop", "3", "--json")).isZero();

        assertThat(values(0)).containsExactly("0", "1", "2", "3", "0", "1", "2", "3", "0", "1", "2", "3");
        // Each round takes 150 ms, and the next begins when it ends.
        assertThat(elapsedMs()).isBetween(450L, 5_000L);
    }

    @Test
    void sendsTheWindowOnly() {
        record(10, 1000);

        assertThat(replay("--speed", "max", "--from", "2026-01-05T09:15:03Z", "--until", "2026-01-05T09:15:06Z"))
                .isZero();

        assertThat(values(0)).containsExactly("3", "4", "5");
    }

    @Test
    void sendsWhatTheConditionIsTrueFor() {
        record(10, 1000);

        assertThat(replay("--speed", "max", "--where", "\"offset\" % 3 = 0"))
                .as(err.toString())
                .isZero();

        assertThat(values(0)).containsExactly("0", "3", "6", "9");
    }

    @Test
    void movesTimesToNowByOneConstant() {
        Fixtures.recording(
                folder,
                List.of(
                        message(0, 0, RECORDED_MS, "{\"timestamp\": " + (RECORDED_MS - 3) + " , \"x\":1.0}"),
                        message(0, 1, RECORDED_MS + 40, "not JSON"),
                        message(0, 2, RECORDED_MS + 60_000, "{\"timestamp\":" + (RECORDED_MS + 59_990) + "}")));
        long before = System.currentTimeMillis();

        assertThat(replay("--speed", "max", "--rebase", "now")).isZero();

        List<Message> moved = consume(0);
        long first = moved.get(0).timestampMs();
        assertThat(first).isBetween(before, System.currentTimeMillis());
        assertThat(moved).extracting(Message::timestampMs).containsExactly(first, first + 40, first + 60_000);
        assertThat(values(0))
                .containsExactly(
                        "{\"timestamp\": " + (first - 3) + " , \"x\":1.0}",
                        "not JSON",
                        "{\"timestamp\":" + (first + 59_990) + "}");
        assertThat(out.toString()).contains("  not moved   1 value");
    }

    /** The broker's own clock is this machine's: an event appended before it was due was sent too early. */
    @Test
    void sendsNoEventBeforeItIsDue() {
        record(200, 20);
        kafka.createTopic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));

        assertThat(replay("--speed", "2", "--json")).isZero();

        assertThat(err.toString()).contains("gives events its own timestamps");
        List<Message> appended = consume(0);
        assertThat(appended).hasSize(200);
        long start = appended.get(0).timestampMs();
        // The first event may have been appended a little after it was sent, and all others must not profit from that.
        assertThat(elapsedMs()).isGreaterThanOrEqualTo(1990);
        long slack = 50;
        for (int i = 0; i < 200; i++) {
            assertThat(appended.get(i).timestampMs()).isGreaterThanOrEqualTo(start + i * 10L - slack);
        }
    }

    @Test
    void warnsWhereTheTopicWouldDropEventsOfTheirAge() {
        record(1, 0);
        kafka.createTopic(topic, 1, Map.of("retention.ms", "3600000"));

        assertThat(replay("--speed", "max")).isZero();

        assertThat(err.toString()).contains("keeps events for 1 h (retention.ms), and these are older");
    }

    @Test
    void countsAndNamesWhatTheBrokerDoesNotTake() {
        Fixtures.recording(
                folder,
                List.of(
                        message(0, 5, RECORDED_MS, "small"),
                        message(0, 6, RECORDED_MS + 1, "x".repeat(50_000)),
                        message(0, 7, RECORDED_MS + 2, "small too")));
        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "10000"));

        assertThat(replay("--speed", "max", "--json")).isEqualTo(1);

        assertThat(out.toString()).startsWith("{\"sent\":2,\"failed\":1,\"skipped\":0,");
        assertThat(err.toString())
                .contains("1 event did not arrive in topic " + topic)
                .contains("the first of them recorded at partition 0, offset 6: ");
        assertThat(values(0)).containsExactly("small", "small too");
    }

    @Test
    void endsWithItsCountsWhenInterrupted() throws Exception {
        record(1000, 100);
        kafka.createTopic(topic, 1, Map.of());

        try (WhisktapeProcess process = new WhisktapeProcess(
                folder.getParent(), List.of(), arguments("--json").toArray(String[]::new))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> consume(0).size() >= 3);
            process.stop();

            assertThat(process.exitCode()).isEqualTo(130);
            int arrived = consume(0).size();
            assertThat(arrived).isBetween(3, 900);
            assertThat(process.out())
                    .startsWith("{\"sent\":" + arrived + ",\"failed\":0,\"skipped\":" + (1000 - arrived) + ",");
        }
    }

    @Test
    void stopsAndCountsWhereTheClusterGoesAway() throws IOException {
        record(1000, 10);
        Path impatient = Files.writeString(
                folder.resolveSibling("client.properties"),
                "request.timeout.ms=500\ndelivery.timeout.ms=1000\nmax.block.ms=1000\n");
        AtomicInteger code = new AtomicInteger();
        Thread replay;
        try (EmbeddedKafka mortal = EmbeddedKafka.start(folder.resolveSibling("broker"), 0)) {
            mortal.createTopic(topic, 1, Map.of());
            List<String> arguments = arguments("--kafka-config", impatient.toString(), "--json");
            arguments.set(3, mortal.bootstrapServers());
            replay = new Thread(() -> code.set(run(arguments.toArray(String[]::new))));
            replay.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> arrived(mortal) >= 3);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !replay.isAlive());

        assertThat(code).hasValue(1);
        assertThat(count("sent")).isGreaterThanOrEqualTo(3);
        assertThat(count("failed")).isPositive();
        assertThat(count("skipped")).isPositive();
        assertThat(count("sent") + count("failed") + count("skipped")).isEqualTo(1000);
        assertThat(err.toString()).contains("did not arrive in topic " + topic).contains("partition 0, offset ");
    }

    @Test
    @Timeout(10)
    void saysInOneSentenceThatNobodyAnswers() throws IOException {
        record(1, 0);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(run("replay", folder.toString(), "--to", "127.0.0.1:" + port))
                .isEqualTo(1);

        assertThat(err)
                .hasToString("whisktape replay: cannot replay into topic events at 127.0.0.1:" + port
                        + ": no answer in 8 s; check --to and whether the broker's advertised address can be reached"
                        + " from here\n");
    }

    @Test
    void handsTheUsersPropertiesToKafkaAndNeverPrintsThem() throws IOException {
        record(2, 0);
        Path properties = Files.writeString(
                folder.resolveSibling("client.properties"),
                "compression.type=gzip\nclient.id=mine\nssl.keystore.password=swordfish\n",
                StandardCharsets.UTF_8);

        assertThat(replay("--speed", "max", "--kafka-config", properties.toString()))
                .isZero();

        assertThat(values(0)).containsExactly("0", "1");
        assertThat(out + err.toString()).doesNotContain("swordfish");
    }

    private void record(int events, long everyMs) {
        Fixtures.recording(
                folder,
                LongStream.range(0, events)
                        .mapToObj(i -> message(0, i, RECORDED_MS + i * everyMs, Long.toString(i)))
                        .toList());
    }

    /** All that replay promises to keep, in a form that can be compared and shown. */
    private static String verbatim(Message message) {
        return message.partition() + " " + message.timestampMs() + " " + base64(message.key()) + " "
                + base64(message.value()) + " "
                + message.headers().stream()
                        .map(header -> header.key() + "=" + base64(header.value()))
                        .toList();
    }

    private static String base64(byte[] bytes) {
        return bytes == null ? "null" : Base64.getEncoder().encodeToString(bytes);
    }

    private static List<Message> oddMessages() {
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        List<Message> messages = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            long offset = 100L * partition;
            for (int i = 0; i < 500; i++) {
                messages.add(message(partition, offset++, RECORDED_MS + i / 7, partition + " event " + i));
            }
            messages.add(message(partition, offset++, RECORDED_MS - 5000, "steps back"));
            messages.add(odd(partition, offset++, null, null));
            messages.add(odd(partition, offset++, new byte[0], new byte[0]));
            messages.add(odd(partition, offset++, everyByte, everyByte, new Message.Header("", everyByte)));
            messages.add(odd(
                    partition,
                    offset++,
                    new byte[] {0},
                    "{\"timestamp\":1}".getBytes(StandardCharsets.UTF_8),
                    new Message.Header("größe", null),
                    new Message.Header("größe", new byte[0])));
            for (OddMessages.Odd odd : OddMessages.all().values()) {
                messages.add(odd(
                        partition,
                        offset++,
                        odd.key(),
                        odd.value(),
                        odd.headers().toArray(Message.Header[]::new)));
            }
            byte[] large = new byte[3_000_000];
            Arrays.fill(large, (byte) partition);
            messages.add(odd(partition, offset++, null, large));
        }
        return messages;
    }

    private static Message odd(int partition, long offset, byte[] key, byte[] value, Message.Header... headers) {
        return new Message(
                1,
                partition,
                offset,
                RECORDED_MS + 100,
                Message.TimestampType.CREATE,
                RECORDED_MS + 105,
                key,
                value,
                List.of(headers));
    }

    private static Message message(int partition, long offset, long timestampMs, String value) {
        return Fixtures.message(partition, offset, timestampMs, value);
    }

    private int replay(String... options) {
        return run(arguments(options).toArray(String[]::new));
    }

    private List<String> arguments(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("replay", folder.toString(), "--to", kafka.bootstrapServers(), "--topic", topic));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private long arrived(EmbeddedKafka broker) {
        TopicPartition first = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            return consumer.endOffsets(List.of(first)).get(first);
        }
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private long elapsedMs() {
        return count("elapsed_ms");
    }

    /** A number in the JSON that was printed. */
    private long count(String name) {
        return Long.parseLong(out.toString().replaceAll("(?s).*\"" + name + "\":(\\d+).*", "$1"));
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private List<String> values(int partition) {
        return consume(partition).stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** All that the partition holds. */
    private List<Message> consume(int partition) {
        TopicPartition all = new TopicPartition(topic, partition);
        List<Message> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(all));
            long end = consumer.endOffsets(List.of(all)).get(all);
            consumer.seekToBeginning(List.of(all));
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(message(record)));
                return consumer.position(all) >= end;
            });
        }
        return read;
    }

    private static Message message(ConsumerRecord<byte[], byte[]> record) {
        List<Message.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Message.Header(header.key(), header.value())));
        return new Message(
                1,
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType() == TimestampType.CREATE_TIME
                        ? Message.TimestampType.CREATE
                        : Message.TimestampType.APPEND,
                0,
                record.key(),
                record.value(),
                headers);
    }

    private int partitions() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic).size();
        }
    }

    private static Set<String> topics() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.listTopics().keySet();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return consumer(kafka);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedKafka broker) {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void produce(int partition, String value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
