package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.recording.RecordedRows;
import whisktape.recording.Recording;
import whisktape.recording.Segment;
import whisktape.recording.SmallSegments;

/** 10,000 small segments of both tables become a few, in little memory, and whatever is killed meanwhile loses no row. */
class CompactionIT {
    private static final int SEGMENTS = 10_000;
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

    /** Where forcing to the disk costs nothing; what is tried here are kills, not power cuts. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long NEEDED_BYTES = 1L << 28;

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void nameFolder() throws IOException {
        boolean hasRoom = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 2 * NEEDED_BYTES;
        folder = hasRoom ? Files.createTempDirectory(MEMORY, "whisktape-compaction") : temp.resolve("recording");
    }

    @AfterEach
    void removeFolder() throws IOException {
        if (folder.startsWith(MEMORY)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(CompactionIT::delete);
            }
        }
    }

    @Test
    void tenThousandSegmentsBecomeAFewAndNoRowIsLost() throws Exception {
        SmallSegments.write(folder, SEGMENTS);
        List<String> events = rows(Segment.EVENTS);
        List<String> documents = rows(Segment.ACTIVATIONS);
        assertThat(Recording.open(folder).segments()).hasSize(SEGMENTS);
        assertThat(events).hasSize(SEGMENTS);
        assertThat(documents).hasSize(SEGMENTS);

        Random random = new Random(20261126);
        for (int kill = 0; kill < KILLS; kill++) {
            try (WhisktapeProcess repair = repair()) {
                await().atMost(Duration.ofMinutes(2)).until(() -> isMerging() || !repair.isAlive());
                // The moment itself is what is tried here, so this is no waiting for something.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
                repair.kill();
            }
        }
        try (WhisktapeProcess repair = repair()) {
            assertThat(repair.exitCode()).as(repair.err() + repair.out()).isZero();
        }

        assertThat(Recording.open(folder).segments()).hasSize(3);
        assertThat(CommandRun.of("verify", folder.toString()).exitCode()).isZero();
        assertThat(rows(Segment.EVENTS)).isEqualTo(events);
        assertThat(rows(Segment.ACTIVATIONS)).isEqualTo(documents);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().contains(".parquet")))
                    .hasSize(3);
        }
    }

    private WhisktapeProcess repair() throws IOException {
        return new WhisktapeProcess(temp, SMALL_HEAP, "verify", "--repair", folder.toString());
    }

    /** True while a merged segment is being written. */
    private boolean isMerging() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.list(folder.resolve(Segment.EVENTS)), Files.list(folder.resolve(Segment.ACTIVATIONS)))) {
            return files.anyMatch(file -> file.toString().endsWith(".open"));
        }
    }

    private List<String> rows(String table) {
        return RecordedRows.of(Recording.open(folder), table);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
