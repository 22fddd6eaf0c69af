package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;

/** The dashboards on what {@code export openmetrics} has put into Prometheus, at the times of the run. */
class BackfilledDashboardsIT implements DashboardContract {
    private static final Duration RESOLUTION = Duration.ofSeconds(15);
    private static final Pattern SPAN = Pattern.compile("from (\\S+Z) to (\\S+Z), are in ");

    @TempDir
    static Path folder;

    private static PrometheusServer prometheus;
    private static ShownRun run;

    @BeforeAll
    static void backfill() throws Exception {
        PrometheusServer.require();
        Path recording = ShownRun.recording(folder);
        backfill(recording, "compatible", "--compat");
        Matcher span = SPAN.matcher(backfill(recording, "improved", "--improved"));
        assertThat(span.find()).isTrue();
        prometheus = PrometheusServer.start(folder, "");
        run = new ShownRun(prometheus, Instant.parse(span.group(1)), Instant.parse(span.group(2)), RESOLUTION);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Override
    public ShownRun run() {
        return run;
    }

    /** Returns what the export says about it. */
    private static String backfill(Path recording, String job, String labelling) throws Exception {
        String text = folder.resolve(job + ".om").toString();
        CommandRun export = CommandRun.of(
                "export", recording.toString(), "openmetrics", "-o", text, "--label", "job=" + job, labelling);
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(PrometheusServer.promtool(
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        "--max-block-duration=720h",
                        text,
                        folder.resolve("data").toString()))
                .endsWith("exit code 0");
        return export.err();
    }
}
