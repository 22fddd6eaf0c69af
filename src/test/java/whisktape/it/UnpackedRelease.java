package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import whisktape.ShellCommand;
import whisktape.Version;

/** The release that {@code mvn package} has made, unpacked where nothing of the source tree is near. */
final class UnpackedRelease {
    static final Path TAR = Path.of("target", "whisktape-" + Version.TOOL + ".tar.gz");

    private UnpackedRelease() {}

    /** Its own folder, below this one and one with a space in its name. */
    static Path in(Path folder) throws IOException, InterruptedException {
        Path target = Files.createDirectory(folder.resolve("un packed"));
        assertThat(ShellCommand.of("tar", "-xzf", TAR.toAbsolutePath(), "-C", target)
                        .run()
                        .exitCode())
                .as("unpack %s, which mvn package makes", TAR)
                .isZero();
        return target.resolve("whisktape-" + Version.TOOL);
    }
}
