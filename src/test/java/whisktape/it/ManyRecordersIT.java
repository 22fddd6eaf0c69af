package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;
import whisktape.recording.Recording;

/** One topic, several recorders that get killed, one recording. */
class ManyRecordersIT {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int PARTITIONS = 6;
    private static final int EVENTS_PER_SECOND = 3_000;

    @TempDir
    private Path temp;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    @Test
    void severalRecordersMakeOneRecordingWhoeverIsKilled() throws Exception {
        Random random = new Random(20261126);
        Path folder = temp.resolve("recording");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("broker"), 0)) {
            kafka.createTopic("events", PARTITIONS, Map.of());
            Thread load = new Thread(() -> produce(kafka));
            load.start();
            try (WhisktapeProcess steady = process(record(kafka, folder, "0-1"))) {
                long rows = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    try (WhisktapeProcess killed = process(record(kafka, folder, "2-3,5"))) {
                        long before = rows;
                        await().atMost(Duration.ofMinutes(2))
                                .until(() -> !killed.isAlive() || rowsOf(folder, 3) > before);
                        // The moment itself is what is tried here, so this is no waiting for something.
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
                        assertThat(killed.isAlive()).as(killed.err()).isTrue();
                        killed.kill();
                        rows = rowsOf(folder, 3);
                    }
                }
                assertRefused(kafka, folder, "1-4", "partitions 0-1 are another recorder's");
                assertRefused(kafka, folder, "0-1", "another whisktape is writing");
                assertRefused(kafka, folder, "7", "it has " + PARTITIONS);
                assertThat(CommandRun.of("info", folder.toString()).out())
                        .contains("recording, recording")
                        .contains("recorder    partitions 0-1, recording")
                        .contains("recorder    partitions 2-3,5, interrupted");
                stop.set(true);
                load.join();
                end(kafka, folder, "2-3,5");
                end(kafka, folder, "4");
                steady.stop();
                assertThat(steady.exitCode()).as(steady.err()).isZero();
                end(kafka, folder, "0-1");
            }
            assertThat(CommandRun.of("record", "--kafka", kafka.bootstrapServers(), "-o", folder.toString(), "--resume")
                            .err())
                    .contains("name one's share by --partitions; there are 0-1 and 2-3,5 and 4");
        }

        assertThat(CommandRun.of("info", folder.toString()).out()).contains("recording, complete");
        assertOneRecordingOfAll(folder);
        for (String part : List.of("recording-0-1.json", "recording-2-3,5.json", "recording-4.json")) {
            Files.delete(folder.resolve(part));
        }
        CommandRun repaired = CommandRun.of("verify", "--repair", folder.toString());
        assertThat(repaired.exitCode()).as(repaired.out()).isZero();
        assertOneRecordingOfAll(folder);
    }

    private void assertOneRecordingOfAll(Path folder) {
        CommandRun verified = CommandRun.of("verify", folder.toString());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        CommandRun counted = CommandRun.of(
                "analyze",
                folder.toString(),
                "--format",
                "csv",
                "--sql",
                "select count(*) as rows, count(distinct activation_id) as ids, "
                        + "count(distinct e.partition) as partitions from events e");
        assertThat(counted.out()).isEqualTo("rows,ids,partitions\n%1$d,%1$d,%2$d\n".formatted(sent.get(), PARTITIONS));
    }

    private static void assertRefused(EmbeddedKafka kafka, Path folder, String partitions, String why) {
        CommandRun refused = CommandRun.of(record(kafka, folder, partitions));
        assertThat(refused.err()).contains(why);
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    private static void end(EmbeddedKafka kafka, Path folder, String partitions) {
        CommandRun ended = CommandRun.of(record(kafka, folder, partitions, "--until-idle", "0ms"));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private static String[] record(EmbeddedKafka kafka, Path folder, String partitions, String... more) {
        Stream<String> command = Stream.of(
                "record",
                "--kafka",
                kafka.bootstrapServers(),
                "-o",
                folder.toString(),
                "--partitions",
                partitions,
                "--from",
                "earliest",
                "--segment-max-age",
                "400ms",
                "--resume",
                "-q");
        return Stream.concat(command, Arrays.stream(more)).toArray(String[]::new);
    }

    private WhisktapeProcess process(String... args) throws Exception {
        return new WhisktapeProcess(temp, List.of("-XX:TieredStopAtLevel=1"), args);
    }

    private static long rowsOf(Path folder, int partition) {
        try {
            return Recording.open(folder).segments().stream()
                    .filter(segment -> segment.partition() == partition)
                    .mapToLong(segment -> segment.rows())
                    .sum();
        } catch (WhisktapeException e) {
            // It has not begun yet.
            return 0;
        }
    }

    private void produce(EmbeddedKafka kafka) {
        try (Topic events = new Topic(kafka, "events")) {
            long start = System.nanoTime();
            while (!stop.get()) {
                long due = (System.nanoTime() - start) * EVENTS_PER_SECOND / 1_000_000_000L;
                while (sent.get() < due) {
                    events.send((int) (sent.get() % PARTITIONS), Topic.event(sent.getAndIncrement()));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
