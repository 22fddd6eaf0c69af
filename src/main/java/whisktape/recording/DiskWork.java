package whisktape.recording;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import whisktape.WhisktapeException;

/** What is done to a recording's files, and what is said where the disk fails. */
interface DiskWork<T> {
    T run() throws IOException;

    /** Does it, and throws {@link WhisktapeException} where it fails. */
    static <T> T in(Path folder, DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** For work that gives nothing back. */
    interface Step {
        void run() throws IOException;
    }

    /** The same for such work. */
    static void doIn(Path folder, Step step) {
        in(folder, () -> {
            step.run();
            return null;
        });
    }

    static WhisktapeException failure(Path folder, IOException e) {
        String what = e instanceof FileAlreadyExistsException ? "a file stands in the way: " : "";
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : e.getMessage();
        return new WhisktapeException(
                "cannot write the recording " + folder + ": " + what + reason
                        + "; what is sealed stays readable, and record --resume goes on after it",
                e);
    }
}
