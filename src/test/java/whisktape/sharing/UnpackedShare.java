package whisktape.sharing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import whisktape.recording.Recording;

/** Unpacks a shared file as any zip tool would. */
final class UnpackedShare {
    private UnpackedShare() {}

    static Recording in(Path folder, Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path to = folder.resolve(entry.getName());
                Files.createDirectories(to.getParent());
                Files.copy(zip.getInputStream(entry), to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Recording.open(folder);
    }
}
