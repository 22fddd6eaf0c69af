package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import whisktape.recording.SmallSegments;

/**
 * Measures short verbs, from the launcher's start to its end, beside a Hello World of the same JVM: in turns, so that a machine that
 * slows down slows both.
 *
 * <p>Takes a number that it does not need, and that of rounds, of ten pairs each.
 */
final class StartupBenchmark {
    private static final int PAIRS_A_ROUND = 10;
    private static final int SEGMENTS = 1_000;
    private static final double NS_A_MS = 1e6;

    private StartupBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try {
            Path segments = scratch.resolve("segments");
            Benchmark.say("writing a recording of %,d segments", SEGMENTS);
            SmallSegments.write(segments, SEGMENTS);
            int pairs = PAIRS_A_ROUND * Integer.parseInt(args[1]);
            System.out.printf(
                    Locale.ROOT,
                    "%d pairs each, %d cores, Java %s; whole processes, milliseconds%n%n%-44s %7s %7s %7s %7s %7s%n",
                    pairs,
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.runtime.version"),
                    "",
                    "median",
                    "least",
                    "hello",
                    "ratio",
                    "wanted");
            measure(scratch, pairs, "1.6", "--version");
            measure(scratch, pairs, "", "info", "recordings/sample");
            measure(scratch, pairs, "3.0", "info", segments.toString());
            measure(scratch, pairs, "6.0", "analyze", "--sql", "select 1", "recordings/sample");
            measure(scratch, pairs, "", "--help");
        } finally {
            Benchmark.remove(scratch);
        }
    }

    private static void measure(Path scratch, int pairs, String wanted, String... args)
            throws IOException, InterruptedException {
        String[] whisktape = new String[args.length + 1];
        whisktape[0] = "./whisktape";
        System.arraycopy(args, 0, whisktape, 1, args.length);
        String[] hello = {java(), "-cp", "target/test-classes", HelloWorld.class.getName()};
        // The first one may build, and make the archive.
        milliseconds(scratch, whisktape);
        milliseconds(scratch, hello);
        double[] ours = new double[pairs];
        double[] theirs = new double[pairs];
        double[] ratios = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            ours[pair] = milliseconds(scratch, whisktape);
            theirs[pair] = milliseconds(scratch, hello);
            ratios[pair] = ours[pair] / theirs[pair];
        }
        System.out.printf(
                Locale.ROOT,
                "%-44s %7.0f %7.0f %7.0f %7.2f %7s%n",
                "whisktape " + String.join(" ", args).replace(scratch + "/", ""),
                Series.median(ours),
                Arrays.stream(ours).min().orElseThrow(),
                Series.median(theirs),
                Series.median(ratios),
                wanted);
    }

    private static double milliseconds(Path scratch, String... command) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(List.of(command))
                .redirectOutput(scratch.resolve("output").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long start = System.nanoTime();
        int exitCode = process.start().waitFor();
        double milliseconds = (System.nanoTime() - start) / NS_A_MS;
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exitCode);
        }
        return milliseconds;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
