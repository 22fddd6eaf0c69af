package whisktape.recorder;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When a recorder comes to its end by itself.
 *
 * @param after this time, whatever arrives
 * @param idle nothing has arrived for this time, the workload is over, and all sources are drained
 * @param workloadIsOver true where there is no workload to wait for
 * @param drain how much longer than that to wait for the documents of activations whose events were seen
 */
public record StopWhen(
        Optional<Duration> after, Optional<Duration> idle, BooleanSupplier workloadIsOver, Duration drain) {
    /** Goes on until somebody stops it. */
    public static final StopWhen NEVER = new StopWhen(Optional.empty(), Optional.empty(), () -> true, Duration.ZERO);

    public static StopWhen idleFor(Duration idle) {
        return new StopWhen(Optional.empty(), Optional.of(idle), () -> true, Duration.ZERO);
    }
}
