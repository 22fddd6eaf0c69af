package whisktape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in a source tree of its own, with a {@code java} and a {@code mvn} that only say how they were called. */
final class LauncherTest {
    @TempDir
    Path folder;

    private Path home;
    private Path bin;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeSourceTree() throws IOException {
        home = Files.createDirectories(folder.resolve("source tree")).toRealPath();
        bin = Files.createDirectory(folder.resolve("bin"));
        Files.copy(Path.of("whisktape"), home.resolve("whisktape"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("src/main/java"));
        Files.createDirectory(home.resolve("queries"));
        old(Files.writeString(home.resolve("pom.xml"), "<project/>"));
        old(Files.writeString(home.resolve("src/main/java/A.java"), "class A {}"));
        old(home.resolve("src/main/java"));
        old(home.resolve("src/main"));
        old(home.resolve("queries"));
        program("java", "for word; do printf '%s\\n' \"$word\"; done");
        program("mvn", """
                echo "$@" >> '%1$s/mvn.log'
                mkdir -p '%1$s/target'
                echo a jar > '%1$s/target/whisktape.jar'
                echo > '%1$s/target/built'
                """.formatted(home));
        environment.put("PATH", bin + ":/usr/bin:/bin");
    }

    @Test
    void buildsOnFirstUseAndSaysSoOnStandardError() throws Exception {
        ShellCommand.Result result = whisktape("info");

        assertThat(result.err()).startsWith("whisktape: building in " + home);
        assertThat(result.out()).doesNotContain("building");
        assertThat(builds()).singleElement().asString().endsWith("package");
    }

    @Test
    void buildsOnlyOnce() throws Exception {
        whisktape("info");

        ShellCommand.Result second = whisktape("info");

        assertThat(second.err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerThanTheBuild() throws Exception {
        whisktape("info");
        Files.setLastModifiedTime(
                home.resolve("src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));

        whisktape("info");

        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenAQueryIsAdded() throws Exception {
        whisktape("info");
        Path query = Files.writeString(home.resolve("queries/new.sql"), "SELECT 1");
        Files.setLastModifiedTime(query, FileTime.from(Instant.now().plusSeconds(60)));

        whisktape("info");

        assertThat(builds()).hasSize(2);
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        program("mvn", """
                echo "$@" >> '%1$s/mvn.log'
                until [ -e '%1$s/go' ]; do sleep 0.05; done
                mkdir -p '%1$s/target'
                echo a jar > '%1$s/target/whisktape.jar'
                echo > '%1$s/target/built'
                """.formatted(home));
        Process first = command("info").start();
        Awaitility.await().until(() -> Files.exists(home.resolve("mvn.log")));
        Process second = command("info").start();
        assertThat(second.errorReader().readLine()).startsWith("whisktape: waiting for the build");
        Files.createFile(home.resolve("go"));

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(home.resolve(".building")).doesNotExist();
    }

    @Test
    void aBuildThatWasKilledBlocksNobody() throws Exception {
        Process gone = ShellCommand.of("true").start();
        gone.waitFor();
        Files.writeString(home.resolve(".building"), gone.pid() + "\n");

        assertThat(whisktape("info").exitCode()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aFailedBuildStartsNothing() throws Exception {
        program("mvn", "echo compile error; exit 1");

        ShellCommand.Result result = whisktape("info");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("compile error").endsWith("whisktape: the build failed, see above\n");
        assertThat(home.resolve(".building")).doesNotExist();
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        whisktape("info");

        ShellCommand.Result result = whisktape("analyze", "my rec", "--sql", "SELECT '*' AS \"a b\"", "");

        assertThat(result.out())
                .endsWith(String.join(
                        "\n",
                        "-Dwhisktape.home=" + home,
                        "-jar",
                        home + "/target/whisktape.jar",
                        "analyze",
                        "my rec",
                        "--sql",
                        "SELECT '*' AS \"a b\"",
                        "\n"));
    }

    /** At a pace the better compiler would take the core that events are due on. */
    @ParameterizedTest
    @CsvSource({
        "--speed max, CompileThresholdScaling=3",
        "--speed=max, CompileThresholdScaling=3",
        "--speed 10, TieredStopAtLevel=1",
        "--topic max, TieredStopAtLevel=1"
    })
    void compilesInEarnestForAReplayAtFullSpeed(String options, String flag) throws Exception {
        whisktape("info");

        assertThat(whisktape(("replay rec " + options).split(" ")).out()).contains("\n-XX:" + flag + "\n");
    }

    /** There the work is DuckDB's. */
    @ParameterizedTest
    @CsvSource({"analyze rec --sql q, true", "analyze rec --sql=q, true", "analyze rec, false"})
    void leavesTheBetterCompilerOutForOneQuestion(String command, boolean isQuick) throws Exception {
        whisktape("info");

        boolean leavesOut = whisktape(command.split(" ")).out().contains("\n-XX:TieredStopAtLevel=1\n");

        assertThat(leavesOut).isEqualTo(isQuick);
    }

    @Test
    void takesFlagsForTheJvmFromTheEnvironment() throws Exception {
        environment.put("WHISKTAPE_JAVA_OPTS", "-Xmx2g -Dx=*");

        assertThat(whisktape("info").out()).contains("\n-Xmx2g\n-Dx=*\n");
    }

    @Test
    void findsItsHomeThroughSymbolicLinksFromAnyFolder() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("b"), Path.of("../source tree/whisktape"));
        Files.createSymbolicLink(bin.resolve("whisktape"), elsewhere.resolve("b"));

        ShellCommand.Result result = ShellCommand.of("/bin/sh", "-c", "whisktape info")
                .in(elsewhere)
                .withOnly(environment)
                .run();

        assertThat(result.out()).contains("-Dwhisktape.home=" + home + "\n");
    }

    @Test
    void runsAReleaseWithoutBuilding() throws Exception {
        Files.createFile(home.resolve("whisktape.jar"));

        ShellCommand.Result result = whisktape("info");

        assertThat(result.out()).contains("-jar\n" + home + "/whisktape.jar\ninfo\n");
        assertThat(builds()).isEmpty();
    }

    @Test
    void saysInOneSentenceThatThereIsNoJava() throws Exception {
        environment.put("PATH", home.resolve("queries").toString());

        ShellCommand.Result result = whisktape("info");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("whisktape: there is no java here; install a Java runtime, 17 or newer,"
                        + " or point JAVA_HOME at one\n");
    }

    @Test
    void namesAJavaThatIsTooOld() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk 11/bin")).getParent();
        Files.move(bin.resolve("java"), old.resolve("bin/java"));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", old.toString());

        ShellCommand.Result result = whisktape("info");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("whisktape: it needs Java 17 or newer, and " + old
                        + "/bin/java is 11.0.2; point JAVA_HOME at a newer one\n");
    }

    @Test
    void makesTheArchiveOnFirstUseAndUsesItFromThenOn() throws Exception {
        Path jvm = javaThatMakesArchives();

        ShellCommand.Result first = whisktape("info");
        ShellCommand.Result second = whisktape("info");

        assertThat(dumps()).hasSize(1);
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).isEqualTo(second.out()).contains("-XX:SharedArchiveFile=" + archive(jvm) + "\n");
    }

    @Test
    void makesTheArchiveAgainForAnotherJarAndForAnotherJvm() throws Exception {
        Path jvm = javaThatMakesArchives();
        whisktape("info");
        Files.setLastModifiedTime(
                home.resolve("whisktape.jar"), FileTime.from(Instant.now().plusSeconds(60)));

        whisktape("info");
        assertThat(dumps()).hasSize(2);
        old(home.resolve("whisktape.jar"));
        Files.writeString(jvm.resolve("release"), "JAVA_RUNTIME_VERSION=\"21.0.2+1\"\nJAVA_VERSION=\"21.0.2\"\n");

        assertThat(whisktape("info").out()).contains("java-21.0.2+1.jsa\n");
        assertThat(dumps()).hasSize(3);
    }

    @Test
    void goesOnWithoutAnArchiveThatCannotBeMadeAndTriesItOnce() throws Exception {
        javaThatMakesArchives();
        program("dump", "echo no space left >&2; exit 1");

        ShellCommand.Result first = whisktape("info");
        ShellCommand.Result second = whisktape("info");

        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).isEqualTo(second.out()).endsWith("\ninfo\n").doesNotContain("SharedArchiveFile");
        assertThat(dumps()).hasSize(1);
        assertThat(filesIn(home)).noneMatch(name -> name.endsWith(".jsa"));
    }

    @Test
    void goesOnWithoutTheArchiveWhileAnotherOneMakesIt() throws Exception {
        Path jvm = javaThatMakesArchives();
        program("dump", "until [ -e '" + home + "/go' ]; do sleep 0.05; done; echo classes > \"$1\"");
        Process first = command("info").start();
        Awaitility.await().until(() -> !dumps().isEmpty());

        ShellCommand.Result second = whisktape("info");
        Files.createFile(home.resolve("go"));

        assertThat(second.out()).doesNotContain("SharedArchiveFile");
        assertThat(first.waitFor()).isZero();
        assertThat(dumps()).hasSize(1);
        assertThat(archive(jvm)).exists();
    }

    @Test
    void takesOverFromAMakerThatWasKilled() throws Exception {
        Path jvm = javaThatMakesArchives();
        Process gone = ShellCommand.of("true").start();
        gone.waitFor();
        Files.writeString(Path.of(archive(jvm) + ".attempt"), gone.pid() + "\n");

        assertThat(whisktape("info").out()).contains("SharedArchiveFile");
        assertThat(filesIn(home)).noneMatch(name -> name.endsWith(".attempt"));
    }

    @Test
    void needsNoArchiveWhereTheJvmHasNoReleaseFile() throws Exception {
        Files.delete(javaThatMakesArchives().resolve("release"));

        assertThat(whisktape("info").out()).doesNotContain("SharedArchiveFile");
        assertThat(dumps()).isEmpty();
    }

    /** In an unpacked release, and without whatever else this machine has. */
    private Path javaThatMakesArchives() throws IOException {
        old(Files.createFile(home.resolve("whisktape.jar")));
        Files.createFile(Files.createDirectory(home.resolve("lib")).resolve("whisktape.classlist"));
        Path jvm =
                Files.createDirectories(folder.resolve("jdk/bin")).getParent().toRealPath();
        Files.writeString(jvm.resolve("release"), "JAVA_RUNTIME_VERSION=\"17.0.1+1\"\nJAVA_VERSION=\"17.0.1\"\n");
        program("dump", "echo classes > \"$1\"");
        program("java", """
                case $1 in
                    -Xshare:dump)
                        echo "$*" >> '%1$s/dumps.log'
                        for word; do case $word in -XX:SharedArchiveFile=*) exec dump "${word#*=}" ;; esac; done ;;
                esac
                for word; do printf '%%s\\n' "$word"; done
                """.formatted(home));
        Files.move(bin.resolve("java"), jvm.resolve("bin/java"));
        environment.put("JAVA_HOME", jvm.toString());
        return jvm;
    }

    private Path archive(Path jvm) {
        return Path.of(home + "/whisktape" + (jvm + "/bin/java").replace('/', '%') + "-17.0.1+1.jsa");
    }

    private List<String> dumps() throws IOException {
        Path log = home.resolve("dumps.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private ShellCommand.Result whisktape(String... arguments) throws Exception {
        return command(arguments).run();
    }

    private ShellCommand command(String... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = home.resolve("whisktape");
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return ShellCommand.of(words).in(folder).withOnly(environment);
    }

    private List<String> builds() throws IOException {
        Path log = home.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
}
