package whisktape.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import whisktape.statistics.Verdict;

/** What two sides are compared by. Less of any of it is better. */
public enum ComparedMetric {
    /** Admission until the end of the run. */
    RESPONSE_MS,
    WAIT_MS,
    RUN_MS,
    /** Of cold calls alone. */
    INIT_MS,
    COLD_START_SHARE,
    /** Of all calls whose status is known: those that never ran are errors that no time tells of. */
    ERROR_SHARE,
    /** Of calls of which it is known. */
    TIMED_OUT_SHARE,
    /** Of what came from outside: refused for a limit, and so without an activation. Of all actions together. */
    REFUSED_SHARE;

    /** Those that each action has. */
    static final List<ComparedMetric> OF_CALLS =
            Arrays.stream(values()).filter(metric -> metric != REFUSED_SHARE).toList();

    /** Milliseconds; else a share from 0 to 1. */
    public boolean isTime() {
        return compareTo(INIT_MS) <= 0;
    }

    Verdict.Floor floor() {
        return isTime() ? Verdict.Floor.OF_TIMES : Verdict.Floor.OF_RATES;
    }

    /** As in the columns of views: {@code response_ms}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
