package whisktape.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.Gap;

/**
 * How far a recording's figures can be trusted; every report begins with it.
 *
 * @param rows activations
 * @param baseSet those whose figures count
 * @param excluded by reason, how many are left out, most first: their quality, {@code never_ran}, or a class without a run of its own
 * @param foundIn {@code both}, {@code events} and {@code couchdb}: how many are known from where
 * @param duplicates events of an activation beyond its first
 * @param unreadable messages and documents that nobody can parse
 * @param gaps what was lost before it could be recorded
 * @param from the first arrival in the base set; empty where it has no rows
 * @param until the last end in it
 * @param waitMs the base set's time, by part, in milliseconds
 * @param initMs initialisation
 * @param runMs runs
 */
public record Quality(
        long rows,
        long baseSet,
        Map<String, Long> excluded,
        Map<String, Long> foundIn,
        long duplicates,
        long unreadable,
        List<Gap> gaps,
        Optional<Instant> from,
        Optional<Instant> until,
        double waitMs,
        double initMs,
        double runMs) {
    /** All response time of the base set, in milliseconds. */
    public double responseMs() {
        return waitMs + initMs + runMs;
    }
}
