package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import whisktape.WhisktapeException;

/**
 * A recording holds its files itself. One that comes from somebody else may hold a link that leads anywhere, or a pipe that
 * nobody writes to. What is not there passes here: others say so.
 */
final class OwnFiles {
    private OwnFiles() {}

    static void requireFile(Path file) throws IOException {
        refuse(file, problemOfFile(file));
    }

    static void requireFolder(Path folder) throws IOException {
        refuse(folder, problem(folder, false));
    }

    /** What is wrong with it, as a sentence without its name. */
    static Optional<String> problemOfFile(Path file) throws IOException {
        return problem(file, true);
    }

    private static Optional<String> problem(Path path, boolean isFile) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (isFile ? found.isRegularFile() : found.isDirectory()) {
                return Optional.empty();
            }
            String what = isFile ? "it is no file" : "it is no folder";
            return Optional.of(found.isSymbolicLink() ? "it is a link" : what);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void refuse(Path path, Optional<String> problem) {
        if (problem.isPresent()) {
            throw WhisktapeException.damaged(
                    "cannot read " + path + ": " + problem.get()
                            + ", and a recording holds its files itself; copy there what belongs to it",
                    null);
        }
    }
}
