package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ShellCommand;
import whisktape.Version;

/** The release archives that {@code mvn package} has made, unpacked where nothing of the source tree is near. */
final class ReleaseIT {
    private static final Path ZIP = Path.of("target", "whisktape-" + Version.TOOL + ".zip");

    @TempDir
    static Path folder;

    private static Path release;

    @BeforeAll
    static void unpack() throws Exception {
        release = UnpackedRelease.in(folder);
    }

    @Test
    void runsUnpackedInAFolderWithASpaceInItsName() throws Exception {
        ShellCommand.Result result = ShellCommand.of(release.resolve("whisktape"), "--version")
                .in(folder)
                .run();

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("whisktape " + Version.TOOL + "\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void asksItsSampleFromAnywhere() throws Exception {
        ShellCommand.Result result = ShellCommand.of(
                        release.resolve("whisktape"),
                        "analyze",
                        release.resolve("recordings/sample"),
                        "events-by-minute",
                        "--format",
                        "csv")
                .in(folder)
                .run();

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("minute,events,activations");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void goesTheWholeWay() throws Exception {
        ShellCommand.Result result = ShellCommand.of(release.resolve("whisktape"), "demo")
                .in(Files.createDirectory(folder.resolve("elsewhere")))
                .run();

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("R07", "the same in both, in the same order");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void holdsNoNativeLibraryThatWouldBeUnpackedAtEachStart() throws Exception {
        try (ZipFile driver = new ZipFile(
                release.resolve("lib/duckdb_jdbc-" + Version.DUCKDB + ".jar").toFile())) {
            assertThat(driver.stream().map(Object::toString)).noneMatch(name -> name.contains("libduckdb_java"));
        }
        assertThat(release.resolve("lib/libduckdb_java.so_linux_amd64")).exists();
    }

    /** As it would be in a temp folder from where nothing may be executed, or that is full. */
    @Test
    void needsNoTempFolderForItsLibraries() throws Exception {
        Path none = folder.resolve("none");

        ShellCommand.Result result = ShellCommand.of(
                        "env",
                        "WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=" + none,
                        release.resolve("whisktape"),
                        "verify",
                        release.resolve("recordings/sample"))
                .run();

        assertThat(result.out()).contains("whole");
        assertThat(result.exitCode()).isZero();
        assertThat(none).doesNotExist();
    }

    @Test
    void bashSourcesTheCompletion() throws Exception {
        Path completion = release.resolve("completions/whisktape.bash");

        ShellCommand.Result result = ShellCommand.of("bash", "-c", "source \"$0\" && complete -p whisktape", completion)
                .run();

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("-F _complete_whisktape");
    }

    @Test
    void manPagesSayHowToUseIt() throws Exception {
        assertThat(Files.readString(release.resolve("man/man1/whisktape.1")))
                .startsWith(".TH \"WHISKTAPE\" 1 \"\" \"whisktape " + Version.TOOL + "\"")
                .contains(".SH SYNOPSIS");
    }

    @Test
    void bothArchivesHoldTheSameFiles() throws Exception {
        List<String> tar = ShellCommand.of("tar", "-tzf", UnpackedRelease.TAR)
                .run()
                .out()
                .lines()
                .toList();
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            assertThat(files(zip.stream().map(Object::toString).toList())).isEqualTo(files(tar));
        }
    }

    private static Set<String> files(List<String> entries) throws IOException {
        return entries.stream().filter(name -> !name.endsWith("/")).collect(Collectors.toCollection(TreeSet::new));
    }
}
