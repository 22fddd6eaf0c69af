package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;

/** Kills recorders at random moments; {@code -Dkills=50} for more of them than a build has time for. */
class KillIT {
    private static final int KILLS = Integer.getInteger("kills", 8);
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final int LONGEST_RUN_MS = 4_000;

    @TempDir
    private Path temp;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    @Test
    void everyOffsetIsThereOnceAfterAnyNumberOfKills() throws Exception {
        Random random = new Random(20261123);
        Path folder = temp.resolve("recording");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("broker"), 0)) {
            kafka.createTopic("events", 2, Map.of());
            Thread load = new Thread(() -> produce(kafka));
            load.start();
            for (int kill = 0; kill < KILLS; kill++) {
                try (WhisktapeProcess recorder = new WhisktapeProcess(temp, List.of(), record(kafka, folder))) {
                    // The moment itself is what is tried here, so this is no waiting for something.
                    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(LONGEST_RUN_MS));
                    assertThat(recorder.isAlive()).as(recorder.err()).isTrue();
                    recorder.kill();
                }
            }
            stop.set(true);
            load.join();

            List<String> last = new ArrayList<>(List.of(record(kafka, folder)));
            last.addAll(List.of("--until-idle", "0ms"));
            assertThat(CommandRun.of(last.toArray(String[]::new)).exitCode()).isZero();
        }

        CommandRun verified = CommandRun.of("verify", folder.toString());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        CommandRun counted = CommandRun.of(
                "analyze",
                folder.toString(),
                "--format",
                "csv",
                "--sql",
                "select count(*) as rows, count(distinct activation_id) as ids, "
                        + "count(distinct e.partition * 1000000000 + e.offset) as places from events e");
        assertThat(counted.out()).isEqualTo("rows,ids,places\n%1$d,%1$d,%1$d\n".formatted(sent.get()));
        try (var files = Files.list(folder.resolve("events"))) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    private static String[] record(EmbeddedKafka kafka, Path folder) {
        return new String[] {
            "record",
            "--kafka",
            kafka.bootstrapServers(),
            "-o",
            folder.toString(),
            "--from",
            "earliest",
            "--resume",
            "--segment-max-age",
            "400ms",
            "-q"
        };
    }

    private void produce(EmbeddedKafka kafka) {
        try (Topic events = new Topic(kafka, "events")) {
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
