package whisktape.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;

/**
 * A condition under which a recording is not good enough, for scripts: {@code p99(response_ms) > 2000 where action = 'guest/hello'}.
 *
 * <p>{@code figure(metric) operator number [from view] [where condition]}. Figures are p50, p99.9 and the like, min, max, mean, sum, count and
 * share; the metric is a column of the view or an expression over its columns, for {@code share} a condition. Without a view it is
 * {@code invocations}, and there only the base set, whose figures count.
 *
 * @param text as typed
 */
public record Gate(String text) {
    private static final String USUAL_VIEW = "invocations";

    private static final Pattern FORM = Pattern.compile(
            "(?is)\\s*(?<figure>p\\d{1,2}(?:\\.\\d{1,6})?|min|max|mean|sum|count|share)\\s*\\((?<metric>.+?)\\)"
                    + "\\s*(?<operator><=|>=|<>|!=|=|<|>)\\s*(?<bound>-?\\d{1,15}(?:\\.\\d{1,9})?)"
                    + "(?:\\s+from\\s+(?<view>events|activations|invocations))?(?:\\s+where\\s+(?<condition>.+))?\\s*");

    private static final Map<String, String> FIGURES = Map.of(
            "min", "min(%s)",
            "max", "max(%s)",
            "mean", "avg(%s)",
            "sum", "sum(%s)",
            "count", "count(%s)",
            "share", "avg(CASE WHEN %s THEN 1e0 ELSE 0e0 END)");

    /**
     * What came of a gate.
     *
     * @param gate the condition
     * @param figure what was found; empty where there was nothing to take a figure of
     * @param n the rows it was taken of
     * @param isCrossed whether the condition holds; also if there is no figure, since nobody should pass for want of data
     */
    public record Outcome(Gate gate, Optional<Double> figure, long n, boolean isCrossed) {
        /** One line for people. */
        public String words() {
            String found = figure.map(value -> String.format(Locale.ROOT, "%s of %,d rows", number(value), n))
                    .orElse("no data");
            return (isCrossed ? "crossed: " : "kept: ") + gate.text() + " (" + found + ")";
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.format(Locale.ROOT, "%,.0f", value)
                    : String.format(Locale.ROOT, "%,.3f", value);
        }
    }

    /** Refuses what has not the form of a gate; the names in it are looked at when it is {@link #judge judged}. */
    public Gate {
        if (!FORM.matcher(text).matches()) {
            throw WhisktapeException.refused("'" + text
                    + "' is no condition; it takes one like p99(response_ms) > 2000, share(is_cold) > 0.05 or"
                    + " count(*) < 100, with where action = 'guest/hello' behind it if need be");
        }
    }

    /** Looks whether the condition holds. */
    public Outcome judge(Analysis analysis) {
        Matcher form = FORM.matcher(text);
        form.matches();
        try (Rows rows = analysis.query(sql())) {
            List<Object> row = rows.next();
            Optional<Double> figure = Optional.ofNullable(row.get(0)).map(value -> ((Number) value).doubleValue());
            long n = ((Number) row.get(1)).longValue();
            boolean isCrossed = figure.isEmpty()
                    || holds(figure.get(), form.group("operator"), Double.parseDouble(form.group("bound")));
            return new Outcome(this, figure, n, isCrossed);
        }
    }

    /** What it asks a recording. */
    public String sql() {
        Matcher form = FORM.matcher(text);
        form.matches();
        String view = Optional.ofNullable(form.group("view")).orElse(USUAL_VIEW).toLowerCase(Locale.ROOT);
        // On lines of their own, metric and condition may end in a comment.
        String condition = Optional.ofNullable(form.group("condition"))
                .map("(\n%s\n)"::formatted)
                .orElse("true");
        String base = view.equals(USUAL_VIEW) && form.group("view") == null ? "in_base_set" : "true";
        String metric = form.group("metric").strip();
        String counted = metric.equals("*") ? "*" : "(" + metric + ")";
        return "SELECT " + figure(form.group("figure").toLowerCase(Locale.ROOT), counted) + ", count(" + counted
                + ")\nFROM " + view + "\nWHERE " + base + " AND " + condition;
    }

    private static String figure(String figure, String metric) {
        return figure.startsWith("p")
                ? "percentile_cont(%s) WITHIN GROUP (ORDER BY %s)".formatted(percent(figure.substring(1)), metric)
                : FIGURES.get(figure).formatted(metric);
    }

    private static String percent(String percent) {
        return new BigDecimal(percent).movePointLeft(2).toPlainString();
    }

    private static boolean holds(double figure, String operator, double bound) {
        return switch (operator) {
            case "<" -> figure < bound;
            case "<=" -> figure <= bound;
            case ">" -> figure > bound;
            case ">=" -> figure >= bound;
            case "=" -> figure == bound;
            default -> figure != bound;
        };
    }
}
