package whisktape.recorder;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When a recorder comes to its end by itself.
 *
 * @param after this time, whatever arrives
 * @param idle nothing has arrived for this time, the workload is over, and the source is drained
 * @param workloadIsOver true where there is no workload to wait for
 */
public record StopWhen(Optional<Duration> after, Optional<Duration> idle, BooleanSupplier workloadIsOver) {
    /** Goes on until somebody stops it. */
    public static final StopWhen NEVER = new StopWhen(Optional.empty(), Optional.empty(), () -> true);

    public static StopWhen idleFor(Duration idle) {
        return new StopWhen(Optional.empty(), Optional.of(idle), () -> true);
    }
}
