package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.ShellCommand;

/** What a JVM loads to run a short verb, as it says itself, and from where. */
final class StartUpIT {
    private static final String SAMPLE = "recordings/sample";

    @TempDir
    static Path folder;

    private static Path release;

    @BeforeAll
    static void unpackAndMakeTheArchive() throws Exception {
        // Java 17 takes no class of ours from an archive where the jar's path has a space in it.
        release = Files.move(UnpackedRelease.in(folder), folder.resolve("release"));
        assertThat(whisktape(Map.of(), "--version").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--version, 'picocli.CommandLine |com.fasterxml|org.apache|org.duckdb|org.slf4j|java.util.logging.LogManager'",
        "info recordings/sample, 'picocli.CommandLine |com.fasterxml.jackson.databind|org.apache|org.duckdb|org.slf4j|java.util.logging.LogManager'",
        "info recordings/sample, 'java.util.regex.Pattern |java.util.Formatter |java.time.format.DateTimeFormatter |java.lang.invoke.LambdaMetafactory '",
        "info -q recordings/sample, 'com.fasterxml.jackson.databind|org.apache|org.duckdb|org.slf4j|java.util.logging.LogManager'",
        "--help, 'com.fasterxml.jackson.databind|org.apache.(kafka|parquet|hadoop).*|org.duckdb|org.slf4j'",
        "analyze recordings/sample --sql VALUES(1), 'picocli.CommandLine |com.fasterxml.jackson.databind|org.apache|org.slf4j|jdk.jfr.internal'",
    })
    void loadsNothingThatItDoesNotNeed(String line, String strangers) throws Exception {
        List<String> loaded = loadedBy(line);

        assertThat(loaded).anyMatch(name -> name.startsWith("whisktape.cli.Main "));
        assertThat(loaded).noneMatch(name -> name.matches("(" + strangers + ").*"));
    }

    @Test
    void takesOurClassesFromTheArchive() throws Exception {
        assertThat(loadedBy("info " + SAMPLE))
                .filteredOn(name -> name.startsWith("whisktape."))
                .isNotEmpty()
                .allMatch(name -> name.endsWith("shared objects file"));
    }

    private static List<String> loadedBy(String line) throws Exception {
        Path log = folder.resolve("classes.log");
        Files.deleteIfExists(log);
        ShellCommand.Result result =
                whisktape(Map.of("WHISKTAPE_JAVA_OPTS", "-Xlog:class+load:file=classes.log:none"), line.split(" "));
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return Files.readAllLines(log);
    }

    private static ShellCommand.Result whisktape(Map<String, String> variables, String... args) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        List<Object> words = new ArrayList<>(List.of(release.resolve("whisktape")));
        for (String arg : args) {
            words.add(arg.equals(SAMPLE) ? release.resolve(SAMPLE) : arg);
        }
        return ShellCommand.of(words.toArray()).in(folder).withOnly(environment).run();
    }
}
