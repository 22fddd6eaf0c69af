package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import whisktape.cli.Main;

/**
 * One process that ran to its end.
 *
 * @param output what it printed on standard output
 * @param seconds from its start to its end, the JVM's start included
 * @param cpuSeconds of all its threads
 * @param peakMib of memory in RAM
 */
record Run(String output, double seconds, double cpuSeconds, double peakMib) {
    private static final String HEAP = "-Xmx512m";
    private static final long MINUTES = 10;

    /** Where {@code mvn -f src/test/spark -Pkafka package} puts what Spark streams with. */
    static final Path SPARK = Path.of("target/spark-kafka");

    /** Runs a verb of whisktape. */
    static Run whisktape(Path scratch, String... args) throws IOException, InterruptedException {
        List<String> java = java();
        // As the launcher starts it.
        if (args[0].equals("record") || List.of(args).contains("max")) {
            java.add(1, "-XX:CompileThresholdScaling=3");
        } else if (args[0].equals("replay")) {
            java.add(1, "-XX:TieredStopAtLevel=1");
        }
        return run(scratch, java, Main.class, args);
    }

    /** Runs a main class in a JVM of its own. */
    static Run main(Path scratch, Class<?> main, String... args) throws IOException, InterruptedException {
        return run(scratch, java(), main, args);
    }

    /** The same with Spark's classes, and of ours only the tests'. */
    static Run spark(Path scratch, Class<?> main, String... args) throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g"));
        for (String module : List.of("lang", "lang.invoke", "net", "nio", "util", "util.concurrent")) {
            java.add("--add-opens=java.base/java." + module + "=ALL-UNNAMED");
        }
        java.addAll(List.of("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Dspark.log.level=ERROR"));
        java.addAll(List.of("-cp", SPARK + "/*:target/test-classes"));
        return run(scratch, java, main, args);
    }

    private static Run run(Path scratch, List<String> java, Class<?> main, String... args)
            throws IOException, InterruptedException {
        Path figures = scratch.resolve("figures");
        Path output = scratch.resolve("output");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(Measured.class.getName(), figures.toString(), main.getName()));
        command.addAll(List.of(args));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(main.getSimpleName() + " " + String.join(" ", args) + " did not end well within "
                        + MINUTES + " minutes: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String[] used = Files.readString(figures).split(" ");
        return new Run(
                Files.readString(output), seconds, Long.parseLong(used[0]) / 1e3, Long.parseLong(used[1]) / 1024.0);
    }

    /** The command line of a JVM like those that are measured. */
    static List<String> java(String... mainAndArgs) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                // As the launcher starts it.
                "-XX:-UsePerfData",
                "-XX:+UseParallelGC",
                "-Djava.util.logging.config.file=src/main/resources/logging.properties",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArgs));
        return command;
    }
}
