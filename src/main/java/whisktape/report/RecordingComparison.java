package whisktape.report;

import java.util.List;
import whisktape.statistics.Verdict;
import whisktape.statistics.Verdict.Outcome;

/**
 * What changed between two sides, each of one recording or of several.
 *
 * @param tool the version of whisktape that compared
 * @param base the recordings of the first side
 * @param now those of the second
 * @param seed of all random numbers
 * @param looks how many comparisons were made, so that p-values are adjusted for as many
 * @param rows by action and metric, all actions together last
 * @param onlyInBase actions that the second side did not call
 * @param onlyInNew actions that the first side did not call
 * @param missing those of {@code onlyInBase} with enough calls for a figure: metrics that have no data any more
 * @param isThinned whether figures are of a part of the calls, evenly spread stretches, because there are so many
 */
public record RecordingComparison(
        String tool,
        List<ComparedRun> base,
        List<ComparedRun> now,
        long seed,
        int looks,
        List<ComparedRow> rows,
        List<String> onlyInBase,
        List<String> onlyInNew,
        List<String> missing,
        boolean isThinned) {

    /** Of intervals. */
    public static final double LEVEL = 0.95;

    /** Up to which adjusted p a change is believed. */
    static final double RISK = 0.05;

    /** Whether figures of single runs were compared, and not the calls of runs taken together. */
    public boolean isOfRuns() {
        return base.size() >= Verdict.ENOUGH_RUNS;
    }

    /** The rows of which this may be said. */
    public List<ComparedRow> rows(Outcome outcome) {
        return rows.stream().filter(row -> row.is(outcome)).toList();
    }

    /** Whether something became worse, or cannot be told any more because it has no data. */
    public boolean isRegression() {
        return !rows(Outcome.WORSE).isEmpty() || !missing.isEmpty() || looks == 0;
    }
}
