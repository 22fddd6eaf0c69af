package whisktape.cli;

import java.time.Instant;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import whisktape.WhisktapeException;
import whisktape.metrics.MetricsHistory;
import whisktape.metrics.Steps;
import whisktape.recording.Recording;
import whisktape.replay.Selection;

/** Which samples are taken of a recording's metrics; for a mixin. */
final class HistoryOptions {
    @Mixin
    private LabellingOptions labelling;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Leave out samples before this time, but count on: 2026-03-14T09:15:00Z, or -10m before the last event.")
    private TimeOption from;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out samples at this time and after it.")
    private TimeOption until;

    /**
     * Counts all events of a recording; to be closed.
     *
     * @param samples how often to take them, and for how long after the last event
     */
    MetricsHistory history(Recording recording, Steps samples) {
        MetricsHistory history = new MetricsHistory(labelling.labelling(), window(recording, samples));
        try {
            Selection.of(recording).forEach((message, timeMs) -> history.count(message.value(), timeMs));
            history.end();
            if (history.series() == 0) {
                throw WhisktapeException.refused("no event of " + recording.name() + " has a time"
                        + (from == null && until == null ? "" : " between --from and --until")
                        + ", and metrics are counted from events; whisktape info says what is recorded");
            }
            return history;
        } catch (RuntimeException e) {
            history.close();
            throw e;
        }
    }

    private Steps window(Recording recording, Steps samples) {
        Instant end = Selection.end(recording).orElse(recording.manifest().created());
        Steps steps = from == null ? samples : samples.from(from.resolve(end));
        return until == null ? steps : steps.until(until.resolve(end));
    }
}
