package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.recording.Recording;
import whisktape.recording.Segment;
import whisktape.recording.SegmentContents;

/** What leaves, and what does not. */
final class SharingTest {
    @TempDir
    private Path temp;

    @Test
    void ofHundredsOfPlantedSecretsNoneLeaves() throws IOException {
        PlantedSecrets planted = new PlantedSecrets();
        Recording original = planted.write(temp.resolve("run"));
        Path file = temp.resolve("run.zip");

        Sharing.share(original, file, Cut.NONE, Set.of(), Salt.random(), rows -> {});

        String left = everythingIn(file);
        assertThat(planted.all()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
        assertThat(planted.all()).filteredOn(secret -> isIn(left, secret)).isEmpty();
        // What is looked at is all there is: of the original it holds what was planted.
        String there = everythingOf(original);
        assertThat(planted.all()).filteredOn(secret -> !isIn(there, secret)).isEmpty();
    }

    /** As it is, or as it stands in JSON. */
    private static boolean isIn(String everything, String secret) {
        return everything.contains(secret)
                || everything.contains(
                        secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    }

    private String everythingIn(Path file) throws IOException {
        Recording shared = UnpackedShare.in(temp.resolve("unpacked"), file);
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8) + everythingOf(shared);
    }

    /** All bytes of all files, all that DuckDB reads in them, all that is compressed in them. */
    private static String everythingOf(Recording recording) throws IOException {
        StringBuilder everything = new StringBuilder();
        try (Stream<Path> files = Files.walk(recording.folder())) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                everything.append(path).append(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
            }
        }
        for (Segment segment : recording.segments()) {
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
            SegmentContents.show(recording.fileOf(segment), new SegmentContents.Visitor() {
                @Override
                public void value(String place, byte[] value) {
                    unpacked.writeBytes(value);
                }

                @Override
                public void page(String place, byte[] bytes) {
                    unpacked.writeBytes(bytes);
                }
            });
            everything.append(unpacked.toString(StandardCharsets.UTF_8));
        }
        for (String sql : List.of(
                "SELECT * REPLACE (decode(key) AS key, '' AS value, '' AS headers) FROM recorded_events",
                "SELECT * FROM recorded_activations")) {
            CommandRun rows = CommandRun.of("analyze", recording.folder().toString(), "--sql", sql, "--format", "json");
            assertThat(rows.exitCode()).as(rows.err()).isZero();
            everything.append(rows.out());
        }
        // What stands in a JSON text that stands in a JSON text is escaped twice.
        return everything + everything.toString().replace("\\\\", "\\").replace("\\\"", "\"");
    }
}
