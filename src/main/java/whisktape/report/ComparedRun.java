package whisktape.report;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one recording brings to a comparison.
 *
 * @param recording its name
 * @param rows activations
 * @param used those whose times count
 * @param excluded by reason, how many are left out: a class without a run of its own, their quality, {@code never_ran}
 * @param from the first arrival of those used
 * @param until the last one
 */
public record ComparedRun(
        String recording,
        long rows,
        long used,
        Map<String, Long> excluded,
        Optional<Instant> from,
        Optional<Instant> until) {}
