package whisktape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import whisktape.metrics.MetricsHistory;
import whisktape.metrics.OpenMetricsText;
import whisktape.metrics.Steps;
import whisktape.metrics.TargetLabels;
import whisktape.recording.Recording;

/** {@code whisktape export REC openmetrics}: what Prometheus would have scraped from user-events during the run. */
@Command(
        name = "openmetrics",
        description = {
            "Writes the metrics of user-events for the whole run, as text for promtool to make blocks of.",
            "Prometheus then shows the run as if it had scraped OpenWhisk's user-events service.",
            "docs/openmetrics.md explains it."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape export recordings/sample openmetrics -o sample.om",
            "",
            "Prints the two commands to go on with to standard error.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 the recording is damaged."
        })
final class ExportOpenmetricsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ExportCommand export;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Packed by gzip if its name ends with .gz; - is standard output. A file there is replaced.")
    private Path output;

    @Option(
            names = "--resolution",
            paramLabel = "DUR",
            defaultValue = "15s",
            description = "From one sample to the next, as a scrape interval. Default: ${DEFAULT-VALUE}.")
    private Duration resolution;

    @Option(
            names = "--label",
            paramLabel = "k=v",
            description = "A label of all series; may be repeated. Default: job=openwhisk and instance=<recording>.")
    private Map<String, String> labels = new TreeMap<>();

    @Mixin
    private HistoryOptions history;

    @Override
    public void run() {
        if (resolution.toMillis() < 1) {
            throw new ParameterException(spec.commandLine(), "--resolution takes 1ms or more");
        }
        Recording recording = export.recording();
        TargetLabels target = TargetLabels.of(recording.name(), labels);
        try (OutputFile file =
                        OutputFile.open(output, recording, spec.commandLine().getOut());
                MetricsHistory metrics = history.history(recording, Steps.every(resolution))) {
            long samples = OpenMetricsText.write(metrics, target, file.stream());
            file.complete();
            if (!RootCommand.of(spec).quiet) {
                report(metrics, samples);
            }
        } catch (WriterStream.ClosedException e) {
            // Whoever reads has seen enough, as head has.
            return;
        } catch (IOException e) {
            throw OutputFile.failure(output, e);
        }
    }

    private void report(MetricsHistory metrics, long samples) {
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%,d samples of %,d series, from %s to %s, are in %s%n",
                        samples,
                        metrics.series(),
                        metrics.from().orElseThrow(),
                        metrics.to().orElseThrow(),
                        output.toString().equals("-") ? "standard output" : Cells.onOneLine(output.toString()));
        // promtool maps the file into memory, so it takes no pipe, and nothing packed.
        if (Files.isRegularFile(output) && !output.toString().endsWith(".gz")) {
            spec.commandLine().getErr().print("""
                            To look at it in Prometheus:
                              promtool tsdb create-blocks-from openmetrics --max-block-duration=720h %s data
                              prometheus --config.file=/dev/null --storage.tsdb.path=data --storage.tsdb.retention.time=100y
                            """.formatted(quoted(output.toString())));
        }
    }

    /** As a shell reads it. */
    private static String quoted(String text) {
        return text.matches("[\\w@%+=:,./][\\w@%+=:,./-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
