package whisktape.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import whisktape.analysis.Column;
import whisktape.report.ComparedRow;
import whisktape.report.ComparedRow.Effect;
import whisktape.report.RecordingComparison;
import whisktape.statistics.Interval;
import whisktape.statistics.Verdict;

/** A comparison as rows, for spreadsheets and scripts: figures as they are, milliseconds and shares from 0 to 1. */
final class ComparisonRows {
    static final List<Column> COLUMNS = List.of(
            new Column("action", false),
            new Column("metric", false),
            new Column("statistic", false),
            new Column("n_base", true),
            new Column("n_new", true),
            new Column("base", true),
            new Column("new", true),
            new Column("change", true),
            new Column("ci95_low", true),
            new Column("ci95_high", true),
            new Column("cliffs_delta", true),
            new Column("p", true),
            new Column("p_adjusted", true),
            new Column("floor", true),
            new Column("verdict", false),
            new Column("n_needed", true),
            new Column("change_with_mix_of_base", true));

    private ComparisonRows() {}

    static Iterator<List<Object>> of(RecordingComparison comparison) {
        return comparison.rows().stream().map(ComparisonRows::row).iterator();
    }

    /** The action is null for all together. */
    static List<Object> row(ComparedRow row) {
        Optional<Effect> effect = row.effect();
        Optional<Verdict> verdict = effect.flatMap(Effect::verdict);
        return Arrays.asList(
                row.action().orElse(null),
                row.metric().toString(),
                row.statistic().toString(),
                row.base().n(),
                row.now().n(),
                row.base().figure().orElse(null),
                row.now().figure().orElse(null),
                effect.map(Effect::change).orElse(null),
                effect.flatMap(Effect::interval).map(Interval::low).orElse(null),
                effect.flatMap(Effect::interval).map(Interval::high).orElse(null),
                effect.flatMap(Effect::delta).orElse(null),
                effect.flatMap(Effect::p).orElse(null),
                effect.flatMap(Effect::adjustedP).orElse(null),
                verdict.map(Verdict::floor).orElse(null),
                verdict.map(Verdict::words).orElse(null),
                row.statistic().callsNeeded(),
                row.mix().map(mix -> mix.within()).orElse(null));
    }
}
