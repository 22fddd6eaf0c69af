package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class RuleTestTextTest {
    @Test
    void saysWhatItIsTheSeriesAndWhatIsExpected() {
        Expectations expected = new Expectations(
                List.of(
                        new Expectations.Alerts(
                                "Slow",
                                90_000,
                                List.of(new Expectations.Firing(Map.of("action", "it's"), Map.of("summary", "a\nb")))),
                        new Expectations.Alerts("Slow", 3_600_000, List.of())),
                List.of(new Expectations.Samples(
                        "job:calls:rate",
                        90_000,
                        List.of(new Expectations.Sample("{__name__=\"job:calls:rate\"}", 0.25)))));

        String text = RuleTestText.of(
                List.of("A run.", "", "Slow fires."),
                List.of("alerts.yml"),
                List.of("record", "alert"),
                Duration.ofSeconds(15),
                List.of(RuleTestText.series("calls{action=\"it's\"}", "0 1+2x4")),
                expected);

        assertThat(text).isEqualTo("""
                # A run.
                #
                # Slow fires.
                rule_files:
                  - 'alerts.yml'
                group_eval_order: ['record', 'alert']
                evaluation_interval: 15s
                tests:
                  - interval: 15s
                    input_series:
                      - series: 'calls{action="it''s"}'
                        values: '0 1+2x4'
                    alert_rule_test:
                      - alertname: 'Slow'
                        eval_time: 1m30s
                        exp_alerts:
                          - exp_labels: {action: 'it''s'}
                            exp_annotations: {summary: "a\\nb"}
                      - alertname: 'Slow'
                        eval_time: 1h
                        exp_alerts: []
                    promql_expr_test:
                      - expr: 'job:calls:rate'
                        eval_time: 1m30s
                        exp_samples:
                          - labels: '{__name__="job:calls:rate"}'
                            value: 0.25
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "it's \"it\" \\ # : {}", "a\nb\tc\u0001\u0085", "é 😀", "- x", "\u2028"})
    void whateverALabelSaysYamlSaysToo(String label) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load("x: " + RuleTestText.quoted(label));

        assertThat(read).isEqualTo(Map.of("x", label));
    }

    @Test
    void durationsAreThoseOfPrometheus() {
        assertThat(RuleTestText.duration(0)).isEqualTo("0s");
        assertThat(RuleTestText.duration(90_061_500)).isEqualTo("25h1m1s500ms");
    }
}
