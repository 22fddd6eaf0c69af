package whisktape.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import whisktape.Times;
import whisktape.report.ComparedRow;
import whisktape.report.ComparedRun;
import whisktape.report.RecordingComparison;
import whisktape.statistics.Verdict.Outcome;

/** What a comparison says in sentences, and in which words its figures are written. */
final class ComparisonWords {
    static final String ALL = "all actions";

    /** All actions, called as often as on the first side. */
    static final String ALL_MIXED = "all, mix of base";

    private ComparisonWords() {}

    static String action(ComparedRow row) {
        return row.action().map(name -> name.isEmpty() ? "(no name)" : name).orElse(ALL);
    }

    /** {@code run_ms p95}, or {@code error_share}. */
    static String metric(ComparedRow row) {
        return row.metric().isTime()
                ? row.metric() + " " + row.statistic()
                : row.metric().toString();
    }

    /** Milliseconds, or a share in percent, with as many digits as say something. */
    static String figure(ComparedRow row, double value) {
        return text(row, value, "");
    }

    /** The same of a difference. */
    static String change(ComparedRow row, double value) {
        return text(row, value, "+");
    }

    private static String text(ComparedRow row, double value, String sign) {
        int digits = !row.metric().isTime() ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
        BigDecimal shown = BigDecimal.valueOf(row.metric().isTime() ? value : 100 * value)
                .setScale(digits, RoundingMode.HALF_EVEN);
        return String.format(Locale.ROOT, "%" + (shown.signum() == 0 ? "" : sign) + ",." + digits + "f", shown);
    }

    /** What is there, and what is left out, in parts of a sentence. */
    static List<String> run(ComparedRun run) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT, "%s: %,d of %,d activations count", run.recording(), run.used(), run.rows()));
        run.from()
                .ifPresent(from -> parts.add("arrived " + Times.format(from) + " until "
                        + Times.format(run.until().orElseThrow())));
        String first = "left out ";
        for (Map.Entry<String, Long> reason : run.excluded().entrySet()) {
            parts.add(String.format(Locale.ROOT, "%s%,d %s", first, reason.getValue(), reason.getKey()));
            first = "";
        }
        return parts;
    }

    static List<String> method(RecordingComparison comparison) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%,d comparisons", comparison.looks()));
        parts.add("p adjusted for as many");
        parts.add("95 % intervals");
        parts.add("seed " + comparison.seed());
        if (comparison.isThinned()) {
            parts.add("times from evenly spread stretches of the calls");
            parts.add("shares from all");
        }
        return parts;
    }

    /** How far the verdicts reach. */
    static String reach(RecordingComparison comparison) {
        return comparison.isOfRuns()
                ? comparison.base().size() + " runs a side: each run is one figure, and runs are compared with runs."
                : "Within-run: verdicts are about these runs. What another run would have done, five pairs or more,"
                        + " recorded by turns, can tell.";
    }

    /** Warnings that belong above all figures. */
    static List<String> warnings(RecordingComparison comparison) {
        List<String> warnings = new ArrayList<>();
        if (!comparison.onlyInBase().isEmpty()) {
            warnings.add("Only in base: " + String.join(", ", comparison.onlyInBase()) + ".");
        }
        if (!comparison.onlyInNew().isEmpty()) {
            warnings.add("Only in new: " + String.join(", ", comparison.onlyInNew()) + ".");
        }
        for (ComparedRow row : comparison.rows()) {
            if (row.isReversed()) {
                warnings.add("Simpson's reversal in " + metric(row) + ": all actions together "
                        + change(row, row.effect().orElseThrow().change())
                        + ", the same actions called as often as before "
                        + change(row, row.mix().orElseThrow().within()) + ". Believe the actions.");
            } else if (row.isOfMix()) {
                warnings.add("Other things were called: " + metric(row) + " of all actions together changed by "
                        + change(row, row.effect().orElseThrow().change())
                        + ", of the same actions called as often as before by "
                        + change(row, row.mix().orElseThrow().within()) + ".");
            }
        }
        return warnings;
    }

    /** Each thing for which a gate is crossed. */
    static List<String> regressions(RecordingComparison comparison) {
        List<String> crossed = new ArrayList<>();
        for (ComparedRow row : comparison.rows(Outcome.WORSE)) {
            crossed.add(metric(row) + " of " + action(row) + " is worse: "
                    + figure(row, row.base().figure().orElseThrow()) + " before, "
                    + figure(row, row.now().figure().orElseThrow()) + " after");
        }
        comparison.missing().forEach(action -> crossed.add(action + " has no calls any more"));
        if (comparison.looks() == 0) {
            crossed.add("there are too few calls to compare anything");
        }
        return crossed;
    }
}
