package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.ShellCommand;

/** Programs of the tests in a process that has Spark's classes, and of ours only those that Spark has not. */
final class Spark {
    static final Path JARS = Path.of("target/spark/jars");

    /** What Spark opens to itself, as its own scripts do; in a JVM that does not know one of them it is ignored. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/sun.nio.ch",
            "java.base/sun.util.calendar");

    /** Spark makes classes for each query, more than the 48 MiB for code hold that Java leaves without its better compiler. */
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.log.level=ERROR");

    private static final Pattern NOT_IN_SPARK =
            Pattern.compile("(whisktape|duckdb_jdbc|commons-(statistics|numbers|rng)|assertj).*\\.jar");

    private Spark() {}

    /** Runs it and returns what it printed. */
    static String run(Class<?> main, Path temporary, List<String> arguments) throws Exception {
        List<Object> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        command.addAll(List.of("-Xmx1g", "-XX:+IgnoreUnrecognizedVMOptions", "-Djava.io.tmpdir=" + temporary));
        OPENED.forEach(module -> command.add("--add-opens=" + module + "=ALL-UNNAMED"));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        ShellCommand.Result result = ShellCommand.of(command.toArray()).run();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static String classPath() {
        Stream<String> ours = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")
                        || NOT_IN_SPARK
                                .matcher(Path.of(entry).getFileName().toString())
                                .matches());
        return Stream.concat(Stream.of(JARS + "/*"), ours).collect(Collectors.joining(File.pathSeparator));
    }
}
