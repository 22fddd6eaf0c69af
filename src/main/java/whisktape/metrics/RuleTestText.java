package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a file for {@code promtool test rules}: what it is, the series, and what is expected. */
final class RuleTestText {
    private final StringBuilder text = new StringBuilder();

    private RuleTestText() {}

    /**
     * The file's text.
     *
     * @param head what it is, for people
     * @param rules the rule files as they are named in it
     * @param groups in the order in which they are evaluated; without it promtool takes another one each time
     * @param interval between the values of a series
     * @param series in YAML, as {@link #series} writes each
     */
    static String of(
            List<String> head,
            List<String> rules,
            List<String> groups,
            Duration interval,
            List<String> series,
            Expectations expected) {
        RuleTestText file = new RuleTestText();
        head.forEach(line -> file.line(0, line.isEmpty() ? "#" : "# " + line));
        file.line(0, rules.isEmpty() ? "rule_files: []" : "rule_files:");
        rules.forEach(rule -> file.line(1, "- " + quoted(rule)));
        if (!groups.isEmpty()) {
            file.line(
                    0,
                    groups.stream()
                            .map(RuleTestText::quoted)
                            .collect(Collectors.joining(", ", "group_eval_order: [", "]")));
        }
        file.line(0, "evaluation_interval: " + duration(interval.toMillis()));
        file.line(0, "tests:");
        file.line(1, "- interval: " + duration(interval.toMillis()));
        file.line(2, "input_series:");
        series.forEach(file.text::append);
        if (!expected.alerts().isEmpty()) {
            file.line(2, "alert_rule_test:");
            expected.alerts().forEach(file::add);
        }
        if (!expected.samples().isEmpty()) {
            file.line(2, "promql_expr_test:");
            expected.samples().forEach(file::add);
        }
        return file.text.toString();
    }

    static String series(String name, String values) {
        RuleTestText lines = new RuleTestText();
        lines.line(3, "- series: " + quoted(promql(name)));
        lines.line(4, "values: " + quoted(values));
        return lines.text.toString();
    }

    private void add(Expectations.Alerts alerts) {
        line(3, "- alertname: " + quoted(alerts.name()));
        line(4, "eval_time: " + duration(alerts.atMs()));
        line(4, alerts.firing().isEmpty() ? "exp_alerts: []" : "exp_alerts:");
        for (Expectations.Firing firing : alerts.firing()) {
            line(5, "- exp_labels: " + map(firing.labels()));
            line(6, "exp_annotations: " + map(firing.annotations()));
        }
    }

    private void add(Expectations.Samples samples) {
        samples.why().ifPresent(why -> line(3, "# " + why));
        line(3, "- expr: " + quoted(promql(samples.expression())));
        line(4, "eval_time: " + duration(samples.atMs()));
        line(4, samples.samples().isEmpty() ? "exp_samples: []" : "exp_samples:");
        for (Expectations.Sample sample : samples.samples()) {
            line(5, "- labels: " + quoted(promql(sample.labels())));
            line(6, "value: " + yamlNumber(sample.value()));
        }
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    /** {@code 1h2m15s}, as Prometheus writes durations. */
    static String duration(long ms) {
        String text = part(ms / 3_600_000, "h")
                + part(ms / 60_000 % 60, "m")
                + part(ms / 1_000 % 60, "s")
                + part(ms % 1_000, "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    private static String map(Map<String, String> labels) {
        StringBuilder map = new StringBuilder();
        labels.forEach((name, value) ->
                map.append(map.isEmpty() ? "" : ", ").append(name).append(": ").append(quoted(value)));
        return "{" + map + "}";
    }

    private static String yamlNumber(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        return SeriesNames.number(value);
    }

    /**
     * What PromQL reads. It takes a replacement character for broken UTF-8 unless it is escaped; half a character is what user-events' UTF-8
     * makes of it.
     */
    private static String promql(String text) {
        return new String(text.getBytes(UTF_8), UTF_8).replace("\ufffd", "\\ufffd");
    }

    /** In single quotes where that says it, in double quotes where something must be escaped. */
    static String quoted(String text) {
        if (text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder escaped = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else if (Character.isISOControl(c) || c > 0xffff || Character.isSurrogate((char) c)) {
                escaped.append(String.format(
                        "\\U%08x", Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? 0xfffd : c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.append('"').toString();
    }
}
