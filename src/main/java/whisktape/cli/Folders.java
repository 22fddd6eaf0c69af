package whisktape.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import whisktape.WhisktapeException;

/** Folders of recordings that a verb takes several of. */
final class Folders {
    private Folders() {}

    /** Refuses a recording that is named twice, whatever its names are. */
    static void requireDifferent(CommandLine command, List<Path> folders, String why) {
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            if (!seen.add(real(folder))) {
                throw new ParameterException(command, folder + " is named twice; " + why);
            }
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new WhisktapeException("cannot open the recording " + folder + ": " + e.getMessage(), e);
        }
    }
}
