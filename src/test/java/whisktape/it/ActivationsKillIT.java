package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.recording.Recording;

/** Kills recorders of a database at random moments while documents are written to it. */
class ActivationsKillIT {
    private static final int KILLS = 20;
    private static final int DOCUMENTS = 20_000;
    private static final int WRITTEN_AT_ONCE = 25;
    private static final int LONGEST_RUN_MS = 1_000;

    @TempDir
    private Path temp;

    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void everyDocumentIsThereOnceAfterTwentyKills() throws Exception {
        Random random = new Random(20261124);
        Path folder = temp.resolve("recording");
        try (PouchServer couch = PouchServer.start(temp)) {
            for (long number = 0; number < DOCUMENTS; number += 1000) {
                couch.put(number, number + 1000);
            }
            CompletableFuture<Long> written = CompletableFuture.supplyAsync(() -> writeUntilStopped(couch));
            for (int kill = 0; kill < KILLS; kill++) {
                long before = kill == 0 ? 0 : sealed(folder);
                try (WhisktapeProcess recorder = new WhisktapeProcess(temp, List.of(), record(couch, folder))) {
                    // One of four is killed wherever it is, the others when they have brought something to the disk.
                    if (kill % 4 != 3) {
                        Awaitility.await()
                                .atMost(Duration.ofMinutes(1))
                                .pollInterval(Duration.ofMillis(20))
                                .ignoreExceptions()
                                .until(() -> sealed(folder) > before);
                    }
                    // The moment itself is what is tried here, so this is no waiting for something.
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_RUN_MS));
                    assertThat(recorder.isAlive()).as(recorder.err()).isTrue();
                    recorder.kill();
                }
            }
            stop.set(true);
            long all = written.join();

            List<String> last = new ArrayList<>(List.of(record(couch, folder)));
            last.addAll(List.of("--until-idle", "0ms"));
            CommandRun end = CommandRun.of(last.toArray(String[]::new));
            assertThat(end.exitCode()).as(end.err()).isZero();

            CommandRun verified = CommandRun.of("verify", folder.toString());
            assertThat(verified.exitCode()).as(verified.out()).isZero();
            CommandRun counted = CommandRun.of(
                    "analyze",
                    folder.toString(),
                    "--format",
                    "csv",
                    "--sql",
                    "select count(*) as rows, count(distinct _id) as ids, count(distinct activation_id) as activations"
                            + " from recorded_activations");
            assertThat(counted.out()).isEqualTo("rows,ids,activations\n%1$d,%1$d,%1$d\n".formatted(all));
        }
        try (var files = Files.list(folder.resolve("activations"))) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    private static long sealed(Path folder) {
        return Recording.open(folder).segments().stream()
                .mapToLong(segment -> segment.rows())
                .sum();
    }

    private static String[] record(PouchServer couch, Path folder) {
        return new String[] {
            "record",
            "--couchdb",
            couch.url(),
            "-o",
            folder.toString(),
            "--from",
            "earliest",
            "--resume",
            "--segment-max-age",
            "200ms",
            "-q"
        };
    }

    /** How many documents there are in the end. */
    private long writeUntilStopped(PouchServer couch) {
        long number = DOCUMENTS;
        try {
            for (; !stop.get(); number += WRITTEN_AT_ONCE) {
                couch.put(number, number + WRITTEN_AT_ONCE);
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot write document " + number, e);
        }
        return number;
    }
}
