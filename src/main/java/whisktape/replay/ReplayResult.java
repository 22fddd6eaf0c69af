package whisktape.replay;

import java.time.Duration;
import java.util.Optional;
import whisktape.WhisktapeException;

/**
 * How a replay went.
 *
 * @param sent events that the broker acknowledged
 * @param failed events that were handed to the producer and not acknowledged
 * @param skipped events that were selected and never handed to it, because the replay ended before them
 * @param unmoved with a rebase, values that have no timestamp that could be moved
 * @param elapsed from the first event until the last was acknowledged
 * @param lateness how long after their due times events were handed over
 * @param firstFailure partition, offset and reason of the first failed event
 * @param interrupted true if it was stopped
 * @param damage why the recording could not be read to its end
 */
public record ReplayResult(
        long sent,
        long failed,
        long skipped,
        long unmoved,
        Duration elapsed,
        Percentiles lateness,
        Optional<String> firstFailure,
        boolean interrupted,
        Optional<WhisktapeException> damage) {

    /** Three numbers for a distribution; all 0 at full speed, where nothing is due at any time. */
    public record Percentiles(Duration p50, Duration p99, Duration max) {
        static Percentiles of(Lateness lateness) {
            return new Percentiles(
                    Duration.ofNanos(lateness.percentileNanos(50)),
                    Duration.ofNanos(lateness.percentileNanos(99)),
                    Duration.ofNanos(lateness.maxNanos()));
        }
    }
}
