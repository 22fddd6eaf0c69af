package whisktape.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import whisktape.WhisktapeException;
import whisktape.recording.ScratchFolder;

/** A folder among the system's temporary ones, gone with all that is in it when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {
    static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot make a temporary folder in " + System.getProperty("java.io.tmpdir") + ": " + e
                            + "; free some room there",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            ScratchFolder.delete(path);
        } catch (IOException e) {
            throw new WhisktapeException("cannot remove the temporary folder " + path + ": " + e, e);
        }
    }
}
