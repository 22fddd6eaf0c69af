package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As promtool 2.42 prints it. */
class PromtoolOutputTest {
    private static final String PRINTED = """
              FAILED:
                alertname: Errors, time: 1h3m15s,\s
                    exp:[],\s
                    got:[
                        0:
                          Labels:{action="a\\"b", alertname="Errors", severity="page"}
                          Annotations:{summary="Errors in a\\"b, {é}\\n at 0.06", two="a\\\\b"},
                        1:
                          Labels:{action="q", alertname="Errors", severity="page"}
                          Annotations:{}
                        ]
                alertname: Other, time: 1d15s,\s
                    exp:[
                        0:
                          Labels:{alertname="Other"}
                          Annotations:{}
                        ],\s
                    got:[]
                expr: "job:acts:rate1m{action=\\"c\\"}", time: 500ms,
                    exp: nil
                    got: {__name__="job:acts:rate1m", action="a}, \\"b"} 6.5E-02, {action="c"} +Inf, {} NaN
                expr: "nothing", time: 0s,
                    exp: {} 1E+00
                    got: nil
            Unit Testing:  t.yml
            """;

    private final Expectations read = PromtoolOutput.read(PRINTED);

    @Test
    void readsWhichAlertsFireWithLabelsAndAnnotations() {
        assertThat(read.alerts())
                .containsExactly(
                        new Expectations.Alerts(
                                "Errors",
                                3_795_000,
                                List.of(
                                        new Expectations.Firing(
                                                Map.of("action", "a\"b", "severity", "page"),
                                                Map.of("summary", "Errors in a\"b, {é}\n at 0.06", "two", "a\\b")),
                                        new Expectations.Firing(Map.of("action", "q", "severity", "page"), Map.of()))),
                        new Expectations.Alerts("Other", 86_415_000, List.of()));
    }

    @Test
    void readsTheValuesOfExpressions() {
        assertThat(read.samples())
                .containsExactly(
                        new Expectations.Samples(
                                "job:acts:rate1m{action=\"c\"}",
                                500,
                                List.of(
                                        new Expectations.Sample(
                                                "{__name__=\"job:acts:rate1m\", action=\"a}, \\\"b\"}", 0.065),
                                        new Expectations.Sample("{action=\"c\"}", Double.POSITIVE_INFINITY),
                                        new Expectations.Sample("{}", Double.NaN))),
                        new Expectations.Samples("nothing", 0, List.of()));
    }

    @Test
    void whatIsPrintedOfASuccessSaysNothing() {
        assertThat(PromtoolOutput.read("Unit Testing:  t.yml\n  SUCCESS\n\n"))
                .isEqualTo(new Expectations(List.of(), List.of()));
    }

    @Test
    void unquotesWhatGoEscapes() {
        assertThat(GoText.unquoted("\"a\\x07\\u00e9\\U0001f600\\t\\\\\\\"\"")).isEqualTo("a\u0007é😀\t\\\"");
    }
}
