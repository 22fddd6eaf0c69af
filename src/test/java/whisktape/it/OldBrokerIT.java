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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Gap;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.cli.CommandRun;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** Everything that talks to Kafka, with the broker that OpenWhisk's ansible deploys. */
@Timeout(180)
class OldBrokerIT {
    private static OldKafka kafka;

    @TempDir
    private static Path brokerFolder;

    @TempDir
    private Path temp;

    private String topic;
    private Path folder;

    @BeforeAll
    static void startBroker() throws IOException {
        kafka = OldKafka.start(brokerFolder.resolve("old"));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        folder = temp.resolve("recording");
        kafka.createTopic(topic);
    }

    @Test
    void doctorIsContent() throws Exception {
        fill(0, 10);
        try (Topic events = new Topic(kafka.bootstrapServers(), topic, Map.of())) {
            events.send(0, Topic.event(10).replace("invoker1", "controller0")).get();
        }

        CommandRun run = CommandRun.of("doctor", "--kafka", kafka.bootstrapServers(), "--topic", topic);

        assertThat(run.out())
                .startsWith("ok    kafka           cluster " + kafka.clusterId() + " answers at ")
                .contains("\nok    topic ", "\nok    retention ", "\nok    user events ");
        assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok "));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatIsReplayedIsWhatWasRecorded() throws Exception {
        fill(0, 500);
        try (Topic events = new Topic(kafka.bootstrapServers(), topic, Map.of())) {
            events.fillWithOddMessages();
        }
        assertThat(record("--from", "earliest", "--until-idle", "0ms").exitCode())
                .isZero();

        CommandRun replayed = replay(folder, "again", "--force", "--allow-poison");

        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(replayed.err())
                .isEqualTo("created topic again at " + kafka.bootstrapServers() + " with 1 partition\n");
        List<String> before = ConsumedTopic.messages(kafka.bootstrapServers(), topic);
        assertThat(before).hasSize(500 + OddMessages.all().size());
        assertThat(ConsumedTopic.messages(kafka.bootstrapServers(), "again")).isEqualTo(before);
    }

    @Test
    void takesARecordingFromAnotherCluster() {
        Path sample = Path.of("recordings/sample");
        long events = Recording.open(sample).segments(Segment.EVENTS).stream()
                .mapToLong(Segment::rows)
                .sum();

        CommandRun replayed = replay(sample, "from-elsewhere", "--rebase", "now");

        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(ConsumedTopic.messages(kafka.bootstrapServers(), "from-elsewhere"))
                .hasSize((int) events);
    }

    @Test
    void refusesTheClusterThatTheRecordingComesFromAndATopicThatIsNotEmpty() throws Exception {
        fill(0, 3);
        assertThat(record("--from", "earliest", "--until-idle", "0ms").exitCode())
                .isZero();

        CommandRun home = replay(folder, "elsewhere");
        assertThat(home.exitCode()).isEqualTo(2);
        assertThat(home.err()).contains("the recording comes from this cluster (" + kafka.clusterId() + ")");

        CommandRun filled = replay(Path.of("recordings/sample"), topic);
        assertThat(filled.exitCode()).isEqualTo(2);
        assertThat(filled.err()).contains("it is not empty, partition 0 holds 3 events");
    }

    @Test
    void losesNothingWhereTheRecorderIsKilledAndTheBrokerRestarts() throws Exception {
        fill(0, 2000);
        try (WhisktapeProcess first = recorder()) {
            awaitRows(2000);
            fill(2000, 2500);
            first.kill();
        }
        try (WhisktapeProcess second = recorder("--resume")) {
            awaitRows(2500);
            kafka.restartBroker();
            fill(2500, 4000);
            awaitRows(4000);
            second.stop();
            assertThat(second.exitCode()).as(second.err()).isZero();
        }

        assertThat(offsets()).containsExactlyElementsOf(range(0, 4000));
        assertThat(verify()).isZero();
    }

    @Test
    void noticesATopicThatWasMadeAnewAndIsShorter() throws Exception {
        fill(0, 100);
        try (WhisktapeProcess recorder = recorder()) {
            awaitRows(100);
            kafka.recreateTopic(topic);
            fill(1000, 1020);
            awaitRows(120);
            recorder.stop();
            assertThat(recorder.exitCode()).as(recorder.err()).isEqualTo(3);
        }
        assertThat(recording().manifest().gaps()).containsExactly(new Gap(1, 0, 100, null, Gap.RECREATED));

        kafka.recreateTopic(topic);
        fill(2000, 2010);
        assertThat(record("--resume", "--until-idle", "0ms").exitCode()).isEqualTo(3);

        assertThat(recording().manifest().gaps())
                .containsExactly(new Gap(1, 0, 100, null, Gap.RECREATED), new Gap(2, 0, 20, null, Gap.RECREATED));
        assertThat(messages()).filteredOn(message -> message.incarnation() == 3).hasSize(10);
    }

    /** What {@code docs/format.md} says of brokers without topic ids, so that nobody trusts in more than there is. */
    @Test
    void takesATopicThatWasMadeAnewAndIsLongerForTheOldOne() throws Exception {
        fill(0, 100);
        assertThat(record("--from", "earliest", "--until-idle", "0ms").exitCode())
                .isZero();
        assertThat(recording().manifest().position().orElseThrow().topicId()).isEmpty();
        kafka.recreateTopic(topic);
        fill(1000, 1150);

        assertThat(record("--resume", "--until-idle", "0ms").exitCode()).isZero();

        assertThat(recording().manifest().gaps()).isEmpty();
        assertThat(offsets()).containsExactlyElementsOf(range(0, 150));
        assertThat(Files.readString(Path.of("docs/format.md")).replaceAll("\\s+", " "))
                .contains("Brokers before 2.8 have no topic ids: there only a topic that became shorter is noticed.");
    }

    private CommandRun record(String... more) {
        return CommandRun.of(arguments(more));
    }

    private WhisktapeProcess recorder(String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("--from", "earliest", "--segment-max-age", "300ms"));
        all.addAll(List.of(more));
        return new WhisktapeProcess(temp, List.of(), arguments(all.toArray(String[]::new)));
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "record", "--kafka", kafka.bootstrapServers(), "-o", folder.toString(), "--topic", topic, "-q"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static CommandRun replay(Path recording, String into, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "replay", recording.toString(), "--to", kafka.bootstrapServers(), "--topic", into, "--speed", "max"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private void fill(long from, long until) throws Exception {
        try (Topic events = new Topic(kafka.bootstrapServers(), topic, Map.of())) {
            events.fill(from, until);
        }
    }

    private void awaitRows(long rows) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(folder.resolve("recording.json"))
                        && recording().segments().stream()
                                        .mapToLong(Segment::rows)
                                        .sum()
                                >= rows);
    }

    private Recording recording() {
        return Recording.open(folder);
    }

    private int verify() {
        return CommandRun.of("verify", folder.toString()).exitCode();
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (Segment segment : recording().segments()) {
            try (MessageReader reader = recording().messagesOf(segment)) {
                reader.forEachRemaining(recorded -> messages.add(recorded.message()));
            }
        }
        return messages;
    }

    private List<Long> offsets() {
        return messages().stream().map(Message::offset).toList();
    }

    private static List<Long> range(long from, long until) {
        return LongStream.range(from, until).boxed().toList();
    }
}
