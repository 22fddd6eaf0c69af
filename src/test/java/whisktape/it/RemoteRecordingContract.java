package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;
import whisktape.recording.Recording;
import whisktape.remote.Places;

/** What holds for a recording wherever it is. Whoever implements it starts a server and says where it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RemoteRecordingContract {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int EVENTS_PER_SECOND = 2_000;

    private Path temp;
    private EmbeddedKafka kafka;
    private final Random random = new Random(20261126);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    /** Starts the server. */
    abstract void startServer(Path folder) throws Exception;

    /** A folder of it. */
    abstract String uri() throws IOException;

    /** What Hadoop has to know to reach it. */
    abstract Map<String, String> settings();

    abstract void stopServer();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        temp = folder;
        startServer(Files.createDirectory(temp.resolve("server")));
        settings().forEach(System::setProperty);
        // Copies of recordings are not to stay in the home of whoever runs this.
        System.setProperty("user.home", temp.toString());
        kafka = EmbeddedKafka.start(temp.resolve("broker"), 0);
    }

    @AfterAll
    void stop() {
        settings().keySet().forEach(System::clearProperty);
        if (kafka != null) {
            kafka.close();
        }
        stopServer();
    }

    @Test
    void everyVerbTakesAUri() throws Exception {
        String recording = uri() + "/run1";
        kafka.createTopic("verbs", 1, Map.of());
        try (Topic topic = new Topic(kafka, "verbs")) {
            topic.fill(0, 500);
        }

        assertThat(done("record", "--kafka", kafka.bootstrapServers(), "--topic", "verbs", "-o", recording)
                        .out())
                .contains("recorded 500 events");
        assertThat(run("info", recording).out()).contains("run1, complete").contains("500: 500 activation");
        assertThat(run("verify", recording).out()).contains("whole: 500 events");
        assertThat(run("analyze", recording, "--format", "csv", "--sql", "select count(*) as n from invocations")
                        .out())
                .isEqualTo("n\n500\n");
        assertThat(run(
                                "replay",
                                recording,
                                "--to",
                                kafka.bootstrapServers(),
                                "--topic",
                                "back",
                                "--speed",
                                "max",
                                "--force")
                        .out())
                .contains("sent 500 events");
        Path zip = temp.resolve("shared.zip");
        run("share", recording, "-o", zip.toString());
        run("share", recording, "-o", uri() + "/shared.zip");
        run("import", zip.toString(), "-o", temp.resolve("imported").toString());
        run("export", recording, "ndjson", "-o", uri() + "/run1.ndjson");
        run("import", "--ndjson", uri() + "/run1.ndjson", "-o", uri() + "/run2");
        assertThat(run("verify", uri() + "/run2").out()).contains("whole: 500 events");
        run("merge", recording, uri() + "/run2", "-o", uri() + "/merged");
        assertThat(run("verify", uri() + "/merged").out()).contains("whole: 500 events");
        assertThat(run("info", uri() + "/merged").out()).contains("merged, complete");

        assertThat(CommandRun.of(record("verbs", recording, "--until-idle", "0ms"))
                        .exitCode())
                .isEqualTo(2);
        run(record("verbs", recording, "--resume", "--until-idle", "0ms"));
        assertThat(run("verify", recording).out()).contains("whole: 500 events");
    }

    @Test
    void everyOffsetIsThereOnceAfterAnyNumberOfKills() throws Exception {
        String recording = uri() + "/killed";
        kafka.createTopic("kills", 2, Map.of());
        Thread load = new Thread(() -> produce("kills"));
        load.start();
        long rows = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (WhisktapeProcess recorder = process(record("kills", recording, "--resume"))) {
                long before = rows;
                // What is killed must have something to lose, and something to repeat.
                await().atMost(Duration.ofMinutes(2)).until(() -> !recorder.isAlive() || rowsIn(recording) > before);
                // The moment itself is what is tried here, so this is no waiting for something.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
                assertThat(recorder.isAlive()).as(recorder.err()).isTrue();
                recorder.kill();
                rows = rowsIn(recording);
            }
        }
        stop.set(true);
        load.join();
        run(record("kills", recording, "--resume", "--until-idle", "0ms"));

        assertThat(run("verify", recording).out()).contains("whole: %,d events".formatted(sent.get()));
        assertThat(run(
                                "analyze",
                                recording,
                                "--format",
                                "csv",
                                "--sql",
                                "select count(*) as rows, count(distinct activation_id) as ids from events")
                        .out())
                .isEqualTo("rows,ids\n%1$d,%1$d\n".formatted(sent.get()));
        try (Stream<Path> files = Files.list(Places.of(recording + "/events"))) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    @Test
    void aSecondRecorderIsRefusedWhileOneIsAtWork() throws Exception {
        String recording = uri() + "/taken";
        kafka.createTopic("taken", 1, Map.of());
        try (Topic topic = new Topic(kafka, "taken")) {
            topic.fill(0, 10);
        }
        try (WhisktapeProcess recorder = process(record("taken", recording))) {
            await().atMost(Duration.ofMinutes(2)).until(() -> !recorder.isAlive() || rowsIn(recording) > 0);

            CommandRun second = CommandRun.of(record("taken", recording, "--resume"));

            assertThat(second.err()).contains("another whisktape is writing to the recording");
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(run("info", recording).out()).contains("taken, recording");
            recorder.stop();
            assertThat(recorder.exitCode()).as(recorder.err()).isZero();
        }
        assertThat(run("info", recording).out()).contains("taken, complete");
    }

    @Test
    void whatIsDamagedOrNotThereIsSaid() throws Exception {
        assertThat(CommandRun.of("info", uri() + "/nothing").err())
                .contains("cannot open the recording " + uri() + "/nothing")
                .contains("the folder does not exist");
        assertThat(CommandRun.of("info", uri() + "/nothing").exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("verify", uri() + "/nothing").exitCode()).isEqualTo(1);
    }

    private String[] record(String topic, String recording, String... more) {
        Stream<String> command = Stream.of(
                "record",
                "--kafka",
                kafka.bootstrapServers(),
                "--topic",
                topic,
                "-o",
                recording,
                "--from",
                "earliest",
                "--segment-max-age",
                "400ms",
                "-q");
        return Stream.concat(command, Arrays.stream(more)).toArray(String[]::new);
    }

    private CommandRun done(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--from", "earliest", "--until-idle", "0ms"));
        return run(all.toArray(String[]::new));
    }

    private static CommandRun run(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode())
                .as(String.join(" ", args) + "\n" + run.out() + run.err())
                .isZero();
        return run;
    }

    private WhisktapeProcess process(String... args) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        settings().forEach((name, value) -> options.add("-D" + name + "=" + value));
        return new WhisktapeProcess(temp, options, args);
    }

    private static long rowsIn(String recording) {
        try {
            return Recording.open(Places.of(recording)).segments().stream()
                    .mapToLong(segment -> segment.rows())
                    .sum();
        } catch (WhisktapeException e) {
            // It has not begun yet.
            return 0;
        }
    }

    private void produce(String topic) {
        try (Topic events = new Topic(kafka, topic)) {
            long start = System.nanoTime();
            while (!stop.get()) {
                long due = (System.nanoTime() - start) * EVENTS_PER_SECOND / 1_000_000_000L;
                while (sent.get() < due) {
                    events.send((int) (sent.get() % 2), Topic.event(sent.getAndIncrement()));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
