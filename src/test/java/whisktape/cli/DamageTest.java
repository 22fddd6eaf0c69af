package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.recording.Recording;
import whisktape.sharing.ArchiveFixture;

/** Random damage to the files of a recording: {@code verify} finds all of it, and every verb ends with one of its exit codes and a sentence. */
class DamageTest {
    private static final int CHANGES = 1_000;
    private static final int CHANGES_BETWEEN_OTHER_VERBS = 30;
    private static final int CHANGES_BETWEEN_REPORTS = 250;

    /** Damage that nobody could tell from contents by a checksum, as who makes a recording can make the checksums too. */
    private static final int RESEALED = 300;

    private static final String BOTH_TABLES =
            "SELECT * FROM recorded_events e FULL JOIN recorded_activations a ON e.activation_id = a.activation_id";

    @TempDir
    private Path temp;

    private Recording recording;
    private List<Path> files;
    private String other;

    @BeforeEach
    void record() {
        recording = ArchiveFixture.recording(temp.resolve("rec"));
        other = ArchiveFixture.recording(temp.resolve("other")).folder().toString();
        files = new ArrayList<>();
        files.add(manifest());
        recording.segments().forEach(segment -> files.add(recording.fileOf(segment)));
        assertThat(files).hasSize(4);
        assertThat(CommandRun.of("verify", folder()).exitCode()).isZero();
    }

    @Test
    void verifyFindsEverySingleByteThatChanged() throws IOException {
        Random random = new Random(20261126);
        for (int change = 0; change < CHANGES; change++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = sound.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (random.nextBoolean() ? 1 << random.nextInt(8) : 1 + random.nextInt(255));
            Files.write(file, damaged);
            String what = "change %d: byte %d of %s is %d and was %d"
                    .formatted(change, at, file.getFileName(), damaged[at], sound[at]);

            CommandRun verified = CommandRun.of("verify", folder());

            // A manifest that now says to be of a newer format is refused.
            assertThat(verified.exitCode()).as(what).isIn(3, 2);
            assertThat(verified.exitCode() == 2)
                    .as(what)
                    .isEqualTo(verified.err().contains("its format is"));
            requireSentence(what, verified);
            if (change % CHANGES_BETWEEN_OTHER_VERBS == 0) {
                requireSentences(what);
            }
            if (change % CHANGES_BETWEEN_REPORTS == 0) {
                requireSentence(what, CommandRun.of("analyze", folder()));
                requireSentence(what, CommandRun.of("compare", folder(), other));
            }
            Files.write(file, sound);
        }
        assertThat(CommandRun.of("verify", folder()).exitCode()).isZero();
    }

    @Test
    void damageWithChecksumsThatFitIsNoCrash() throws IOException {
        byte[] manifest = Files.readAllBytes(manifest());
        Random random = new Random(20261127);
        for (int change = 0; change < RESEALED; change++) {
            int i = random.nextInt(recording.segments().size());
            Path file = files.get(i + 1);
            byte[] sound = Files.readAllBytes(file);
            byte[] damaged = damage(sound, random);
            Files.write(file, damaged);
            Files.write(manifest(), ArchiveFixture.manifestFor(recording, i, damaged));
            String what = "change %d of %s".formatted(change, file.getFileName());

            requireSentence(what, CommandRun.of("verify", folder()));
            if (change % CHANGES_BETWEEN_OTHER_VERBS == 0) {
                requireSentences(what);
            }
            Files.write(file, sound);
            Files.write(manifest(), manifest);
        }
    }

    /** Bits, bytes, zeros and ends; most of it in the footer, where lengths and places stand. */
    private static byte[] damage(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        int from = random.nextInt(4) == 0 ? 0 : bytes.length / 2;
        int at = from + random.nextInt(bytes.length - from);
        int until = Math.min(bytes.length, at + 1 + random.nextInt(100));
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                bytes[at] = (byte) random.nextInt();
                bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
            }
            case 2 -> Arrays.fill(bytes, at, until, (byte) 0);
            case 3 -> Arrays.fill(bytes, at, Math.min(until, at + 10), (byte) 0xff);
            default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        }
        return bytes;
    }

    private void requireSentences(String what) {
        requireSentence(what, CommandRun.of("info", folder()));
        requireSentence(what, CommandRun.of("analyze", folder(), "--sql", BOTH_TABLES));
        requireSentence(what, CommandRun.of("replay", folder(), "--to", "localhost:1", "--dry-run"));
    }

    private static void requireSentence(String what, CommandRun run) {
        assertThat(run.exitCode()).as(what).isIn(0, 1, 2, 3);
        assertThat(run.err())
                .as(what)
                .doesNotContain("mistake", "\tat ", "heap")
                .hasLineCount(run.err().isEmpty() ? 0 : 1);
        assertThat(run.exitCode() == 0 || !(run.out() + run.err()).isEmpty())
                .as(what)
                .isTrue();
    }

    private Path manifest() {
        return recording.folder().resolve("recording.json");
    }

    private String folder() {
        return recording.folder().toString();
    }
}
