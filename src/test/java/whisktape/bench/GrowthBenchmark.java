package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how time and memory grow with a recording, on both engines: one pass over events, and events joined with documents; and the whole
 * report on DuckDB. Each is the command that a user types.
 *
 * <p>Takes the number of activations, about; Spark is measured where {@code mvn -f src/test/spark package} has put one.
 */
final class GrowthBenchmark {
    private static final Path SPARK = Path.of("target/spark");

    private static final Map<String, String> SPARK_SETTINGS =
            Map.of("SPARK_HOME", "src/test/spark", "SPARK_DRIVER_MEMORY", "4g");

    private static final String PASS =
            "select action, count(*) n, avg(duration_ms) mean, max(wait_ms) longest from events group by action order by n desc, action";

    private static final String JOIN =
            "select action, count(*) n, sum(wait_ms) waited, max(run_ms) longest from invocations group by action"
                    + " order by n desc, action";

    private GrowthBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path recording = Calm.recording(Long.parseLong(args[0]));
        System.out.printf(
                Locale.ROOT,
                "%,d activations, %d cores; seconds of whole processes, and the memory of the largest%n%n%-40s %9s %9s %9s%n",
                Calm.activations(recording),
                Runtime.getRuntime().availableProcessors(),
                "",
                "seconds",
                "cpu s",
                "peak MiB");
        if (!Files.exists(SPARK)) {
            Benchmark.say("no Spark: mvn -f src/test/spark package gets one");
        }
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try {
            // The first start makes the archive of classes.
            ProcessTree.run(scratch, Map.of(), List.of("./whisktape", "--version"));
            measure(
                    scratch,
                    "one pass over events",
                    List.of("./whisktape", "analyze", recording.toString(), "--sql", PASS));
            measure(
                    scratch,
                    "events joined with documents",
                    List.of("./whisktape", "analyze", recording.toString(), "--sql", JOIN));
            print(
                    "the whole report, DuckDB",
                    ProcessTree.run(scratch, Map.of(), List.of("./whisktape", "analyze", recording.toString())));
        } finally {
            Benchmark.remove(scratch);
        }
    }

    private static void measure(Path scratch, String what, List<String> command)
            throws IOException, InterruptedException {
        print(what + ", DuckDB", ProcessTree.run(scratch, Map.of(), command));
        if (Files.exists(SPARK)) {
            List<String> spark = new ArrayList<>(command);
            spark.addAll(List.of("--engine", "spark", "--master", "local[2]"));
            print(what + ", Spark", ProcessTree.run(scratch, SPARK_SETTINGS, spark));
        }
    }

    private static void print(String what, Run run) {
        System.out.printf(
                Locale.ROOT, "%-40s %9.1f %9.1f %9.0f%n", what, run.seconds(), run.cpuSeconds(), run.peakMib());
    }
}
