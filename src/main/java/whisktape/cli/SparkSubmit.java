package whisktape.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.WhisktapeException;

/** Hands a verb to {@code spark-submit}, which runs it again in a process that has Spark's classes and a cluster behind it. */
final class SparkSubmit {
    private static final String NAME = "spark-submit";

    private SparkSubmit() {}

    /** Whether this process is the one that {@code spark-submit} has started. */
    static boolean isHere() {
        return System.getProperty("spark.master") != null;
    }

    /**
     * Runs this command line again, and returns its exit code.
     *
     * @param master where, as {@code spark-submit} takes it; none leaves it to Spark's own settings, which take this machine
     */
    static int run(Optional<String> master, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(find(System.getenv()).toString());
        master.ifPresent(url -> command.addAll(List.of("--master", url)));
        // What fails comes back as a sentence.
        command.addAll(List.of("--name", "whisktape", "--conf", "spark.log.level=FATAL"));
        command.addAll(List.of("--class", Main.class.getName(), jar().toString()));
        command.addAll(arguments);
        try {
            Process spark = new ProcessBuilder(command).inheritIO().start();
            Interruption.stopsWith(spark::destroy);
            return spark.waitFor();
        } catch (IOException e) {
            throw new WhisktapeException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while Spark runs", e);
        }
    }

    /** The queries of this whisktape, where only its jar was sent to a cluster. */
    static Path queriesInJar() {
        try {
            return FileSystems.newFileSystem(jar()).getPath("queries");
        } catch (IOException e) {
            throw new WhisktapeException("cannot read the queries in " + jar() + ": " + e.getMessage(), e);
        }
    }

    private static Path find(Map<String, String> environment) {
        String home = environment.getOrDefault("SPARK_HOME", "");
        List<Path> places = home.isEmpty()
                ? Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(Path::of)
                        .toList()
                : List.of(Path.of(home, "bin"));
        return places.stream()
                .map(place -> place.resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> WhisktapeException.refused("--engine spark runs " + NAME + ", and there is none in "
                        + (home.isEmpty() ? "PATH" : home + "/bin")
                        + "; unpack Apache Spark 4 from https://spark.apache.org/downloads.html and set SPARK_HOME to its"
                        + " folder, or leave --engine away, which needs nothing"));
    }

    private static Path jar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
