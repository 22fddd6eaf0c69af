package whisktape.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import whisktape.analysis.Column;
import whisktape.report.ComparedRow;
import whisktape.report.ComparedRow.Effect;
import whisktape.report.ComparedStatistic;
import whisktape.report.RecordingComparison;
import whisktape.statistics.Interval;
import whisktape.statistics.Verdict.Outcome;

/** A comparison as tables for people, in the manner of Go's benchstat: a table for each metric, a row for each action. */
final class ComparisonTables {
    private static final String NO_DIFFERENCE = "~";

    /** No ratios of so few whole milliseconds. */
    private static final double LEAST_MS_OF_A_RATIO = 10;

    private static final String PERCENT = "%";
    private static final String CLIFFS_DELTA = "delta";

    /** Of the table of what changed; the calls behind it are in the metric's table. */
    static final List<Column> CHANGE_COLUMNS = withoutLast(columns(PERCENT, "metric", "action"));

    private ComparisonTables() {}

    /**
     * One table.
     *
     * @param title what is in it
     * @param columns a shift has Cliff's delta beside it, the others their per cent
     * @param rows by action
     */
    record Table(String title, List<Column> columns, List<List<Object>> rows) {}

    /** Rows of {@link #CHANGE_COLUMNS}: what became worse, then what became better. */
    static List<List<Object>> changes(RecordingComparison comparison) {
        List<List<Object>> rows = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.WORSE, Outcome.BETTER)) {
            for (ComparedRow row : comparison.rows(outcome)) {
                rows.add(with(
                        List.of(ComparisonWords.metric(row), ComparisonWords.action(row)),
                        withoutLast(figures(row, percent(row)))));
            }
        }
        return rows;
    }

    /** A table for each metric of which there is something. */
    static List<Table> of(RecordingComparison comparison) {
        List<Table> tables = new ArrayList<>();
        byTitle(comparison, ComparisonTables::title).forEach((title, rows) -> {
            if (!isZero(rows) && !isShort(rows)) {
                boolean isShift = rows.get(0).statistic() == ComparedStatistic.SHIFT;
                tables.add(new Table(title, columns(isShift ? CLIFFS_DELTA : PERCENT, "action"), rows(rows, isShift)));
            }
        });
        return tables;
    }

    /** Metrics that have no table, in sentences. */
    static List<String> without(RecordingComparison comparison) {
        List<String> zero = new ArrayList<>();
        List<String> few = new ArrayList<>();
        byTitle(comparison, ComparisonWords::metric).forEach((metric, rows) -> {
            if (isZero(rows)) {
                zero.add(metric);
            } else if (isShort(rows)) {
                few.add(metric + " (needs " + rows.get(0).statistic().callsNeeded() + " calls a side)");
            }
        });
        List<String> sentences = new ArrayList<>();
        if (!zero.isEmpty()) {
            sentences.add("0 everywhere, on both sides: " + String.join(", ", zero) + ".");
        }
        if (!few.isEmpty()) {
            sentences.add("Too few calls for " + String.join(", ", few) + ".");
        }
        return sentences;
    }

    private static Map<String, List<ComparedRow>> byTitle(
            RecordingComparison comparison, Function<ComparedRow, String> title) {
        Map<String, List<ComparedRow>> rows = new LinkedHashMap<>();
        for (ComparedRow row : comparison.rows()) {
            rows.computeIfAbsent(title.apply(row), key -> new ArrayList<>()).add(row);
        }
        return rows;
    }

    private static boolean isZero(List<ComparedRow> rows) {
        return rows.stream()
                .allMatch(row -> !row.metric().isTime()
                        && row.base().figure().orElse(0.0) == 0
                        && row.now().figure().orElse(0.0) == 0);
    }

    private static boolean isShort(List<ComparedRow> rows) {
        return rows.stream().allMatch(row -> row.effect().isEmpty());
    }

    private static String title(ComparedRow row) {
        return ComparisonWords.metric(row)
                + switch (row.metric()) {
                    case INIT_MS -> ", of cold calls";
                    case COLD_START_SHARE -> ", % of calls";
                    case ERROR_SHARE -> ", % of calls, those that never ran among them";
                    case TIMED_OUT_SHARE -> ", % of calls of which it is known";
                    case REFUSED_SHARE -> ", % of what came from outside";
                    default -> "";
                }
                + (row.statistic() == ComparedStatistic.SHIFT
                        ? ": how much longer a call typically takes, beside the medians"
                        : "");
    }

    private static List<List<Object>> rows(List<ComparedRow> rows, boolean isShift) {
        List<List<Object>> cells = new ArrayList<>();
        for (ComparedRow row : rows) {
            cells.add(with(List.of(ComparisonWords.action(row)), figures(row, isShift ? delta(row) : percent(row))));
            if (row.mix().isPresent() && !isShift) {
                cells.add(with(List.of(ComparisonWords.ALL_MIXED), mixed(row)));
            }
        }
        return cells;
    }

    private static List<Object> figures(ComparedRow row, Optional<String> size) {
        Optional<Effect> effect = row.effect();
        return Arrays.asList(
                row.base()
                        .figure()
                        .map(value -> ComparisonWords.figure(row, value))
                        .orElse(null),
                row.now()
                        .figure()
                        .map(value -> ComparisonWords.figure(row, value))
                        .orElse(null),
                effect.map(found -> isChange(row) ? ComparisonWords.change(row, found.change()) : NO_DIFFERENCE)
                        .orElse(null),
                effect.flatMap(Effect::interval)
                        .map(interval -> interval(row, interval))
                        .orElse(null),
                size.orElse(effect.isPresent() ? "" : null),
                effect.flatMap(Effect::adjustedP).map(ComparisonTables::p).orElse(null),
                verdict(row),
                String.format(
                        Locale.ROOT, "%,d + %,d", row.base().n(), row.now().n()));
    }

    /** What the actions would have been together, had they been called as often as before. */
    private static List<Object> mixed(ComparedRow row) {
        double before = row.base().figure().orElseThrow();
        double within = row.mix().orElseThrow().within();
        return Arrays.asList(
                ComparisonWords.figure(row, before),
                ComparisonWords.figure(row, before + within),
                ComparisonWords.change(row, within),
                "",
                "",
                "",
                "",
                "");
    }

    private static boolean isChange(ComparedRow row) {
        return row.is(Outcome.WORSE) || row.is(Outcome.BETTER);
    }

    private static Optional<String> percent(ComparedRow row) {
        double before = row.base().figure().orElse(0.0);
        return isChange(row) && row.metric().isTime() && before >= LEAST_MS_OF_A_RATIO
                ? Optional.of(String.format(
                        Locale.ROOT, "%+.1f", 100 * row.effect().orElseThrow().change() / before))
                : Optional.empty();
    }

    private static Optional<String> delta(ComparedRow row) {
        return row.effect().flatMap(Effect::delta).map(delta -> String.format(Locale.ROOT, "%+.2f", delta + 0.0));
    }

    private static String interval(ComparedRow row, Interval interval) {
        return ComparisonWords.change(row, interval.low()) + " … " + ComparisonWords.change(row, interval.high());
    }

    private static String p(double p) {
        return p < 0.0005 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    private static String verdict(ComparedRow row) {
        if (row.effect().isEmpty()) {
            return "needs " + row.statistic().callsNeeded();
        }
        if (row.effect().get().interval().isEmpty()) {
            return "needs more";
        }
        return isChange(row)
                ? row.effect().get().verdict().orElseThrow().outcome().words()
                : row.isOfMix() ? "mix" : row.is(Outcome.NO_CHANGE) ? "same" : "";
    }

    private static List<Column> columns(String size, String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(name, false));
        }
        for (String figure : List.of("base", "new", "change", "95 % interval", size, "p")) {
            columns.add(new Column(figure, true));
        }
        columns.add(new Column("verdict", false));
        columns.add(new Column("n", true));
        return List.copyOf(columns);
    }

    private static <T> List<T> withoutLast(List<T> list) {
        return list.subList(0, list.size() - 1);
    }

    private static List<Object> with(List<Object> first, List<Object> others) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(others);
        return all;
    }
}
