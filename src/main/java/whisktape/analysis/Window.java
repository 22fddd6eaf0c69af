package whisktape.analysis;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a recording's time that an analysis looks at: activations by their arrival, events by their own time. What has no
 * time is outside of every window but {@link #ALL}.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record Window(Optional<Instant> from, Optional<Instant> until) {
    public static final Window ALL = new Window(Optional.empty(), Optional.empty());

    public boolean isAll() {
        return from.isEmpty() && until.isEmpty();
    }

    /** As a condition over a column of epoch milliseconds. */
    String condition(String column) {
        String after = from.map(time -> column + " >= " + time.toEpochMilli()).orElse("true");
        String before = until.map(time -> column + " < " + time.toEpochMilli()).orElse("true");
        return after + " AND " + before;
    }
}
