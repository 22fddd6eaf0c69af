package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Gap;
import whisktape.Message;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

class RecordIT {
    private static EmbeddedKafka kafka;

    @TempDir
    private static Path brokerFolder;

    @TempDir
    private Path temp;

    private String topic;
    private Path folder;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(brokerFolder, 0);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        folder = temp.resolve("recording");
    }

    @Test
    void recordsEveryPartitionFromTheBeginning() throws Exception {
        kafka.createTopic(topic, 3, Map.of());
        try (Topic events = new Topic(kafka, topic)) {
            for (int number = 0; number < 300; number++) {
                events.send(number % 3, Topic.event(number));
            }
        }

        CommandRun run = record("--from", "earliest", "--until-idle", "500ms", "--label", "run=7", "--note", "a note");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("recorded 300 events in ");
        for (int partition = 0; partition < 3; partition++) {
            assertThat(offsets(partition)).containsExactlyElementsOf(range(0, 100));
        }
        assertThat(verify()).isZero();
        assertThat(recording().manifest().labels()).containsEntry("run", "7");
        assertThat(recording().manifest().note()).isEqualTo("a note");
    }

    @Test
    void beginsAtATimeAndAtTheEnd() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        try (Topic events = new Topic(kafka, topic)) {
            for (int number = 0; number < 10; number++) {
                events.send(new org.apache.kafka.clients.producer.ProducerRecord<>(
                        topic, 0, 1_795_427_079_000L + number, null, new byte[0]));
            }
        }

        assertThat(record("--from", "2026-11-23T09:44:39.004Z", "--until-idle", "0ms")
                        .exitCode())
                .isZero();
        assertThat(offsets(0)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);

        folder = temp.resolve("latest");
        assertThat(record("--until-idle", "0ms").exitCode()).isZero();
        assertThat(recording().manifest().position().orElseThrow().nextOffsets())
                .containsEntry(0, 10L);
        assertThat(verify())
                .as("nothing was recorded, so nothing can be verified")
                .isEqualTo(3);
    }

    @Test
    void leavesNothingBehindWhereTheWorkloadCannotBeStarted() {
        kafka.createTopic(topic, 1, Map.of());

        CommandRun whole = record("--", "/no/such/program");
        CommandRun share = record("--partitions", "0", "--", "/no/such/program");

        assertThat(whole.exitCode()).isEqualTo(1);
        assertThat(whole.err()).contains("cannot start /no/such/program");
        assertThat(share.err()).contains("cannot start /no/such/program");
        assertThat(folder).doesNotExist();
    }

    @Test
    void keepsARecordingThatIsResumedWhereTheWorkloadCannotBeStarted() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        assertThat(record("--until-idle", "1s", "--label", "a=b").exitCode()).isZero();
        String before = Files.readString(folder.resolve("recording.json"));

        assertThat(record("--resume", "--label", "a=c", "--note", "hi", "--", "/no/such/program")
                        .exitCode())
                .isEqualTo(1);

        assertThat(folder.resolve("recording.json")).hasContent(before);
    }

    @Test
    void startsTheWorkloadWhenItListensAndPassesOnItsExitCode() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        Path started = temp.resolve("started");
        Thread workload = new Thread(() -> {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(started));
            try (Topic events = new Topic(kafka, topic)) {
                events.send(0, Topic.event(1));
            }
        });
        workload.start();

        CommandRun run = record("--", "sh", "-c", "touch '" + started + "'; exit 7");

        workload.join();
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(offsets(0)).containsExactly(0L);
    }

    @Test
    void noticesNewPartitions() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        try (WhisktapeProcess recorder = recorder(List.of());
                Topic events = new Topic(kafka, topic, Map.of("metadata.max.age.ms", 200));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            awaitRecording();
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            for (int number = 0; number < 50; number++) {
                events.send(1, Topic.event(number)).get();
            }
            awaitRows(50);
            recorder.stop();
            assertThat(recorder.exitCode()).as(recorder.err()).isZero();
        }
        assertThat(offsets(1)).containsExactlyElementsOf(range(0, 50));
        assertThat(verify()).isZero();
    }

    @Test
    void goesOnWhenTheBrokerComesBack() throws Exception {
        Path ownFolder = temp.resolve("broker");
        EmbeddedKafka own = EmbeddedKafka.start(ownFolder, 0);
        int port = Integer.parseInt(own.bootstrapServers().split(":")[1]);
        try {
            own.createTopic(topic, 1, Map.of());
            fill(own, 0, 100);
            try (WhisktapeProcess recorder = recorder(own, List.of(), "--until-idle", "2s")) {
                awaitRows(100);
                own.close();
                own = EmbeddedKafka.start(ownFolder, port);
                fill(own, 100, 200);
                assertThat(recorder.exitCode()).as(recorder.err()).isZero();
            }
        } finally {
            own.close();
        }
        assertThat(offsets(0)).containsExactlyElementsOf(range(0, 200));
        assertThat(verify()).isZero();
    }

    @Test
    void notesAGapWhereRetentionWasFasterThanTheNextRecorder() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        fill(kafka, 0, 100);
        record("--from", "earliest", "--until-idle", "0ms");
        fill(kafka, 100, 200);
        kafka.deleteRecordsBefore(topic, 0, 150);

        CommandRun run = record("--resume", "--until-idle", "0ms");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(recording().manifest().gaps()).containsExactly(new Gap(1, 0, 100, 150L, Gap.RETENTION));
        assertThat(offsets(0)).hasSize(150).doesNotHaveDuplicates().endsWith(199L);
        assertThat(verify()).isEqualTo(3);
    }

    @Test
    void notesAGapWhereTheTopicWasMadeAnewWhileNobodyRecorded() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        fill(kafka, 0, 100);
        record("--from", "earliest", "--until-idle", "0ms");
        kafka.deleteTopic(topic);
        kafka.createTopic(topic, 1, Map.of());
        fill(kafka, 1000, 1200);

        CommandRun run = record("--resume", "--until-idle", "0ms");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(recording().manifest().gaps()).containsExactly(new Gap(1, 0, 100, null, Gap.RECREATED));
        assertThat(messages(0)).hasSize(300);
        assertThat(messages(0).stream().filter(message -> message.incarnation() == 2))
                .extracting(Message::offset)
                .containsExactlyElementsOf(range(0, 200));
    }

    @Test
    void losesNothingOfATopicThatWasMadeAnewWhileItRecorded() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        fill(kafka, 0, 100);
        try (WhisktapeProcess recorder = recorder(List.of(), "--until-idle", "3s")) {
            awaitRows(100);
            kafka.deleteTopic(topic);
            kafka.createTopic(topic, 1, Map.of());
            // More than before: to a consumer this looks as if the old topic had gone on.
            fill(kafka, 1000, 1500);
            assertThat(recorder.exitCode()).as(recorder.err()).isEqualTo(3);
        }
        assertThat(messages(0)).hasSize(600);
        assertThat(messages(0).stream().filter(message -> message.incarnation() == 2))
                .extracting(Message::offset)
                .containsExactlyElementsOf(range(0, 500));
    }

    @Test
    void keepsWithinItsHeapWhateverTheMessagesAreLike() throws Exception {
        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "4194304"));
        String large = "{\"x\":\"" + "y".repeat(1_000_000) + "\"}";
        try (Topic events = new Topic(kafka, topic, Map.of("compression.type", "zstd", "batch.size", 4 << 20))) {
            fill(kafka, 0, 20_000);
            for (int number = 0; number < 700; number++) {
                events.send(0, large);
            }
        }
        try (WhisktapeProcess recorder = recorder(List.of("-Xmx256m"), "--until-idle", "500ms")) {
            assertThat(recorder.exitCode()).as(recorder.err()).isZero();
        }
        assertThat(offsets(0)).hasSize(20_700);
    }

    @Test
    void refusesASecondRecorder() throws Exception {
        kafka.createTopic(topic, 1, Map.of());
        try (WhisktapeProcess first = recorder(List.of())) {
            awaitRecording();
            CommandRun second = record("--resume", "--until-idle", "0ms");

            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.err()).contains("another whisktape is writing to the recording");
            first.stop();
            assertThat(first.exitCode()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongInASentence() throws Exception {
        assertThat(record("--from", "earliest"))
                .isEqualTo(new CommandRun(
                        1,
                        "",
                        "whisktape record: cannot read topic " + topic + " at " + kafka.bootstrapServers()
                                + ": there is no such topic; OpenWhisk's controller creates events when it starts; "
                                + "check --topic\n"));
        assertThat(folder).doesNotExist();

        CommandRun unreachable =
                CommandRun.of("record", "--kafka", "127.0.0.1:1", "-o", folder.toString(), "--topic", topic);
        assertThat(unreachable.exitCode()).isEqualTo(1);
        assertThat(unreachable.err()).contains("no answer in 10 s").hasLineCount(1);

        Path file = Files.createFile(temp.resolve("file"));
        folder = file;
        assertThat(record()).extracting(CommandRun::exitCode).isEqualTo(2);
        assertThat(record().err()).contains("it is a file; name a folder").hasLineCount(1);
    }

    @Test
    void neverQuotesTheFileWithThePasswords() throws Exception {
        Path secrets = temp.resolve("client.properties");
        Files.writeString(secrets, """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=org.example.Login required username="u" password="not so "s3cr3t" at all";
                """);

        CommandRun run = record("--kafka-config", secrets.toString(), "--debug");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("sasl.jaas.config", "--kafka-config").doesNotContain("s3cr3t");
    }

    @Test
    void saysThatTheBrokerDoesNotPermitIt() throws Exception {
        Map<String, String> guarded = Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true");
        try (EmbeddedKafka own = EmbeddedKafka.start(temp.resolve("broker"), 0, guarded);
                Admin admin = Admin.create(Map.of("bootstrap.servers", own.bootstrapServers()))) {
            own.createTopic(topic, 1, Map.of());
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                            new AccessControlEntry("User:alice", "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                    .all()
                    .get();

            CommandRun run = CommandRun.of(arguments(own).toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the broker does not permit it", "needs Read and Describe on topic " + topic)
                    .hasLineCount(1);
        }
    }

    private CommandRun record(String... more) {
        return CommandRun.of(arguments(kafka, more).toArray(String[]::new));
    }

    private WhisktapeProcess recorder(List<String> jvm, String... more) throws IOException {
        return recorder(kafka, jvm, more);
    }

    private WhisktapeProcess recorder(EmbeddedKafka broker, List<String> jvm, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("--from", "earliest", "--segment-max-age", "300ms"));
        all.addAll(List.of(more));
        return new WhisktapeProcess(
                temp, jvm, arguments(broker, all.toArray(String[]::new)).toArray(String[]::new));
    }

    private List<String> arguments(EmbeddedKafka broker, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "record", "--kafka", broker.bootstrapServers(), "-o", folder.toString(), "--topic", topic, "-q"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private void fill(EmbeddedKafka broker, long from, long until) throws Exception {
        try (Topic events = new Topic(broker, topic)) {
            events.fill(from, until);
        }
    }

    private void awaitRecording() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("recording.json")));
    }

    private void awaitRows(long rows) {
        awaitRecording();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        recording().segments().stream().mapToLong(Segment::rows).sum() >= rows);
    }

    private Recording recording() {
        return Recording.open(folder);
    }

    private int verify() {
        return CommandRun.of("verify", folder.toString()).exitCode();
    }

    private List<Message> messages(int partition) {
        List<Message> messages = new ArrayList<>();
        for (Segment segment : recording().segments()) {
            if (segment.partition() == partition) {
                try (MessageReader reader = recording().messagesOf(segment)) {
                    reader.forEachRemaining(recorded -> messages.add(recorded.message()));
                }
            }
        }
        return messages;
    }

    private List<Long> offsets(int partition) {
        return messages(partition).stream().map(Message::offset).toList();
    }

    private static List<Long> range(long from, long until) {
        return LongStream.range(from, until).boxed().toList();
    }
}
