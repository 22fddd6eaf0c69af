package whisktape.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code promtool test rules} prints where it got something else than was expected (its {@code unittest.go}). */
final class PromtoolOutput {
    private static final Pattern ALERT = Pattern.compile("\\s*alertname: (.*), time: (\\w+),\\s*");
    private static final Pattern LABELS = Pattern.compile("\\s*Labels:\\{(.*)}");
    private static final Pattern ANNOTATIONS = Pattern.compile("\\s*Annotations:\\{(.*)},?");
    private static final Pattern EXPRESSION = Pattern.compile("\\s*expr: (\".*\"), time: (\\w+),\\s*");
    private static final Pattern GOT_SAMPLES = Pattern.compile("\\s*got: (.*)");

    /** A name and a text as Go quotes it. */
    private static final Pattern LABEL = Pattern.compile("(\\w+)=(\"(?:[^\"\\\\]|\\\\.)*\")");

    private static final Pattern SAMPLE =
            Pattern.compile("(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*}) ([^\\s,]+)(?:, |$)");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|[ywdhms])");
    private static final Map<String, Long> UNITS_MS = Map.of(
            "ms",
            1L,
            "s",
            1_000L,
            "m",
            60_000L,
            "h",
            3_600_000L,
            "d",
            86_400_000L,
            "w",
            604_800_000L,
            "y",
            31_536_000_000L);

    private final List<Expectations.Alerts> alerts = new ArrayList<>();
    private final List<Expectations.Samples> samples = new ArrayList<>();
    private List<Expectations.Firing> firing = List.of();
    private Map<String, String> labels = Map.of();
    private String expression;
    private long expressionMs;
    private boolean got;

    private PromtoolOutput() {}

    /** What it got, wherever that was not what the test expected. */
    static Expectations read(String printed) {
        PromtoolOutput output = new PromtoolOutput();
        printed.lines().forEach(output::take);
        return new Expectations(List.copyOf(output.alerts), List.copyOf(output.samples));
    }

    private void take(String line) {
        Matcher alert = ALERT.matcher(line);
        Matcher ofExpression = EXPRESSION.matcher(line);
        Matcher gotSamples = GOT_SAMPLES.matcher(line);
        Matcher ofAlert = LABELS.matcher(line);
        Matcher annotations = ANNOTATIONS.matcher(line);
        if (alert.matches()) {
            firing = new ArrayList<>();
            got = false;
            alerts.add(new Expectations.Alerts(alert.group(1), milliseconds(alert.group(2)), firing));
        } else if (ofExpression.matches()) {
            expression = GoText.unquoted(ofExpression.group(1));
            expressionMs = milliseconds(ofExpression.group(2));
        } else if (line.strip().startsWith("got:[")) {
            got = true;
        } else if (got && ofAlert.matches()) {
            labels = labels(ofAlert.group(1));
            labels.remove("alertname");
        } else if (got && annotations.matches()) {
            firing.add(new Expectations.Firing(labels, labels(annotations.group(1))));
        } else if (expression != null && gotSamples.matches()) {
            samples.add(new Expectations.Samples(expression, expressionMs, samples(gotSamples.group(1))));
            expression = null;
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Matcher label = LABEL.matcher(text); label.find(); ) {
            labels.put(label.group(1), GoText.unquoted(label.group(2)));
        }
        return labels;
    }

    private static List<Expectations.Sample> samples(String text) {
        List<Expectations.Sample> samples = new ArrayList<>();
        for (Matcher sample = SAMPLE.matcher(text); sample.find(); ) {
            samples.add(new Expectations.Sample(sample.group(1), GoText.number(sample.group(2))));
        }
        return samples;
    }

    private static long milliseconds(String duration) {
        long ms = 0;
        for (Matcher part = DURATION.matcher(duration); part.find(); ) {
            ms += Long.parseLong(part.group(1)) * UNITS_MS.get(part.group(2));
        }
        return ms;
    }
}
