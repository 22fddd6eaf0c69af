package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.cli.CommandRun;
import whisktape.sharing.ArchiveFixture;

/** Kills imports at random moments: there is no recording, or a whole one. */
class ImportKillIT {
    private static final int KILLS = 6;
    private static final int EVENTS = 200_000;
    private static final int LONGEST_RUN_MS = 2_500;

    @TempDir
    private Path temp;

    private Path folder;
    private Path file;
    private Path target;

    @BeforeEach
    void pack() throws IOException {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            messages.add(Fixtures.message(0, i, 1_700_000_000_000L + i, "value " + i));
        }
        file = temp.resolve("run1.zip");
        folder = Files.createDirectory(temp.resolve("in"));
        target = folder.resolve("run1");
        Files.write(
                file,
                ArchiveFixture.of(Fixtures.recording(temp.resolve("rec"), messages))
                        .sealed());
    }

    @Test
    void afterAKillThereIsNoRecordingOrAWholeOne() throws Exception {
        Random random = new Random(20261126);
        for (int kill = 0; kill < KILLS; kill++) {
            try (WhisktapeProcess process = importing()) {
                // The moment itself is what is tried here, so this is no waiting for something.
                TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(LONGEST_RUN_MS));
                process.kill();
            }
            if (Files.exists(target)) {
                assertThat(CommandRun.of("import", file.toString(), "-o", target.toString())
                                .exitCode())
                        .isEqualTo(2);
                assertWhole();
                Files.move(target, folder.resolve("run1-" + kill));
            }
            assertThat(visible()).allMatch(name -> name.startsWith("run1-"));
        }

        assertThat(CommandRun.of("import", file.toString(), "-o", target.toString())
                        .exitCode())
                .isZero();
        assertWhole();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(path -> path.getFileName().toString().startsWith("."));
        }
    }

    @Test
    void afterATerminationNothingIsLeft() throws Exception {
        try (WhisktapeProcess process = importing()) {
            Path draft = folder.resolve(".run1.draft");
            while (process.isAlive() && !Files.exists(draft)) {
                Thread.onSpinWait();
            }
            process.stop();
            process.exitCode();
        }

        // It may have been done before the signal came.
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(target::equals);
        }
    }

    private WhisktapeProcess importing() throws IOException {
        return new WhisktapeProcess(temp, List.of(), "import", file.toString(), "-o", target.toString());
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private void assertWhole() {
        assertThat(CommandRun.of("verify", target.toString()).out())
                .endsWith(String.format("%,d events in 1 segments read back%n", EVENTS));
    }
}
