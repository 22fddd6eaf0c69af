package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedCouch;
import whisktape.lab.EmbeddedKafka;
import whisktape.recording.Recording;

/** The events topic and the activations database in one recording. */
class RecordBothIT {
    private static EmbeddedKafka kafka;
    private static EmbeddedCouch couch;

    @TempDir
    private static Path brokerFolder;

    @TempDir
    private Path temp;

    private String name;
    private Path folder;

    @BeforeAll
    static void startServers() {
        kafka = EmbeddedKafka.start(brokerFolder, 0);
        couch = EmbeddedCouch.start(0);
    }

    @AfterAll
    static void stopServers() {
        couch.close();
        kafka.close();
    }

    @BeforeEach
    void nameTopicAndDatabase(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        folder = temp.resolve("recording");
        kafka.createTopic(name, 1, Map.of());
        couch.createDatabase(name);
    }

    @Test
    void keepsEventsAndDocumentsInOneRecording() throws Exception {
        events(0, 300);
        documents(0, 290);
        documents(1000, 1020);

        CommandRun run = record("--from", "earliest", "--until-idle", "300ms", "--drain", "0s");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("recorded 300 events and 310 activations in ");
        assertThat(foundIn()).isEqualTo("found_in,activations\nboth,290\ncouchdb,20\nevents,10\n");
        assertThat(CommandRun.of("verify", folder.toString()).exitCode()).isZero();
    }

    @Test
    void waitsForTheDocumentsOfTheEventsThatCame() throws Exception {
        events(0, 300);
        CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(() ->
                record("--from", "earliest", "--until-idle", "100ms", "--drain", "1h", "--segment-max-age", "100ms"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> rows() == 300);

        documents(0, 300);

        CommandRun run = running.join();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("300 events and 300 activations").doesNotContain("not in the database");
    }

    @Test
    void saysHowManyDocumentsAreStillMissing() throws Exception {
        events(0, 300);
        documents(0, 293);

        CommandRun run = record("--from", "earliest", "--until-idle", "100ms", "--drain", "500ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("7 activations of these events are not in the database, or not yet: whisktape analyze "
                        + folder + " reconciliation says why that may be");
    }

    @Test
    void recordsADatabaseAlone() throws Exception {
        documents(0, 50);

        CommandRun run = CommandRun.of(
                "record",
                "--couchdb",
                couch.url() + "/" + name,
                "-o",
                folder.toString(),
                "--from",
                "earliest",
                "--until-idle",
                "100ms");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("recorded 50 activations in ").contains("activations/s) into " + folder);
        assertThat(foundIn()).isEqualTo("found_in,activations\ncouchdb,50\n");
    }

    @Test
    void addsADatabaseToARecordingOfATopic() throws Exception {
        events(0, 20);
        documents(0, 20);
        String[] topicAlone = {
            "record",
            "--kafka",
            kafka.bootstrapServers(),
            "--topic",
            name,
            "-o",
            folder.toString(),
            "--from",
            "earliest",
            "--until-idle",
            "100ms"
        };
        assertThat(CommandRun.of(topicAlone).exitCode()).isZero();

        CommandRun run = record("--resume", "--from", "earliest", "--until-idle", "100ms", "--drain", "0s");

        assertThat(run.out()).startsWith("recorded 0 events and 20 activations in ");
        assertThat(foundIn()).isEqualTo("found_in,activations\nboth,20\n");
    }

    @Test
    void leavesNoRecordingBehindWhereOneSourceCannotBeOpened() {
        CommandRun run = CommandRun.of(
                "record",
                "--kafka",
                kafka.bootstrapServers(),
                "--topic",
                name,
                "--couchdb",
                couch.url() + "/no_such_database",
                "-o",
                folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no_such_database");
        assertThat(folder).doesNotExist();
    }

    @Test
    void leavesOutWhatUsersCodeSaid() throws Exception {
        documents(0, 3);

        CommandRun run = record("--from", "earliest", "--until-idle", "100ms", "--no-payloads");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(sql("select count(*) as documents from activations where document like '%greeting%'"))
                .isEqualTo("documents\n0\n");
        assertThat(sql("select sum(response_chars) as chars from activations")).isEqualTo("chars\n81\n");
    }

    @Test
    void passesOnTheWorkloadsExitCode() throws Exception {
        CommandRun run = record("--drain", "0s", "--until-idle", "100ms", "--", "sh", "-c", "exit 7");

        assertThat(run.exitCode()).isEqualTo(7);
    }

    private void events(long from, long until) throws Exception {
        try (Topic topic = new Topic(kafka, name)) {
            topic.fill(from, until);
        }
    }

    private void documents(long from, long until) {
        for (long number = from; number < until; number++) {
            couch.put(name, PouchServer.document(number));
        }
    }

    private CommandRun record(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "record",
                "--kafka",
                kafka.bootstrapServers(),
                "--topic",
                name,
                "--couchdb",
                couch.url() + "/" + name,
                "-o",
                folder.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private long rows() {
        return Recording.open(folder).segments().stream()
                .mapToLong(segment -> segment.rows())
                .sum();
    }

    private String foundIn() {
        return sql("select found_in, count(*) as activations from invocations group by found_in order by found_in");
    }

    private String sql(String sql) {
        CommandRun run = CommandRun.of("analyze", folder.toString(), "--format", "csv", "--sql", sql);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }
}
