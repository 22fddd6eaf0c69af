package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.recording.Recording;

final class ArchiveWriterTest {
    @TempDir
    private Path temp;

    private Recording recording;
    private Path file;

    @BeforeEach
    void record() {
        recording = Fixtures.recording(
                temp.resolve("run"), List.of(Fixtures.message(0, 5, 1000, "a"), Fixtures.message(1, 7, 2000, "b")));
        file = temp.resolve("run.zip");
    }

    @Test
    void packsTheManifestAndThenItsSegmentsInItsOrder() throws Exception {
        ArchiveWriter.write(recording, file);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries)
                    .extracting(ZipEntry::getName)
                    .containsExactly(
                            "recording.json",
                            recording.segments().get(0).file(),
                            recording.segments().get(1).file());
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getExtra()).isNull();
                assertThat(zip.getInputStream(entry).readAllBytes())
                        .isEqualTo(Files.readAllBytes(recording.folder().resolve(entry.getName())));
            });
        }
    }

    @Test
    void itsCommentIsTheChecksumOfAllBytesBeforeIt() throws Exception {
        String sha256 = ArchiveWriter.write(recording, file);

        byte[] all = Files.readAllBytes(file);
        String comment = "whisktape share 1 sha256:" + sha256;
        byte[] before = Arrays.copyOf(all, all.length - comment.length());
        assertThat(new String(all, before.length, comment.length(), StandardCharsets.US_ASCII))
                .isEqualTo(comment);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before)))
                .isEqualTo(sha256);
    }

    @Test
    void givesTheSameBytesForTheSameRecording() throws IOException {
        ArchiveWriter.write(recording, file);
        Path again = temp.resolve("again.zip");

        ArchiveWriter.write(recording, again);

        assertThat(again).hasSameBinaryContentAs(file);
    }
}
