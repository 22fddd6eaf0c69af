package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures {@code analyze}, the whole report, beside one aggregation over the same recording: of the bare segments, and of the view
 * that the report reads. Each in a JVM of its own, in turns.
 *
 * <p>Takes the number of activations, about, and of rounds.
 */
final class ReportBenchmark {
    private ReportBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try {
            Path recording = Calm.recording(Long.parseLong(args[0]));
            measure(scratch, recording, Calm.activations(recording), Integer.parseInt(args[1]));
        } finally {
            Benchmark.remove(scratch);
        }
    }

    private static void measure(Path scratch, Path recording, long activations, int rounds)
            throws IOException, InterruptedException {
        Series segments = new Series();
        Series view = new Series();
        Series report = new Series();
        for (int round = 1; round <= rounds; round++) {
            Benchmark.say("round %d of %d", round, rounds);
            segments.add(round(activations, Run.main(scratch, Aggregation.class, recording.toString(), "segments")));
            view.add(round(activations, Run.main(scratch, Aggregation.class, recording.toString(), "view")));
            report.add(round(activations, Run.whisktape(scratch, "analyze", recording.toString())));
        }
        System.out.printf(
                Locale.ROOT,
                "%,d activations, medians of %d rounds, seconds of whole processes%n%n%-32s %9s %9s %9s %9s%n",
                activations,
                rounds,
                "",
                "seconds",
                "ratio",
                "cpu s",
                "peak MiB");
        row("aggregation over the segments", segments, segments);
        row("the same over invocations", view, segments);
        row("whisktape analyze", report, segments);
    }

    private static Series.Round round(long activations, Run run) {
        return new Series.Round(activations / run.seconds(), run);
    }

    private static void row(String name, Series series, Series base) {
        double seconds = series.median(round -> round.run().seconds());
        System.out.printf(
                Locale.ROOT,
                "%-32s %9.1f %9.2f %9.1f %9.0f%n",
                name,
                seconds,
                seconds / base.median(round -> round.run().seconds()),
                series.median(round -> round.run().cpuSeconds()),
                series.median(round -> round.run().peakMib()));
    }
}
