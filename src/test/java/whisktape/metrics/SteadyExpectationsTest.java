package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SteadyExpectationsTest {
    private static final Expectations.Alerts OVER = Expectations.Alerts.none("Hot", 90_000);

    @Test
    void alertsThatSaySomethingElseAreCountedByTheLabelsThatStay() {
        Expectations weaker = SteadyExpectations.weaker(
                expected(hot(30_000, "0.3", "a"), hot(60_000, "0.5", "a", "b\\"), OVER),
                expected(hot(30_000, "0.30000000000000004", "a")));

        assertThat(weaker.alerts()).containsExactly(OVER);
        assertThat(weaker.unsure()).isEmpty();
        assertThat(weaker.samples())
                .extracting(Expectations.Samples::expression)
                .containsOnly("count by (namespace) (ALERTS{alertname=\"Hot\", alertstate=\"firing\"})");
        assertThat(weaker.samples())
                .extracting(Expectations.Samples::samples)
                .containsExactly(
                        List.of(new Expectations.Sample("{namespace=\"a\"}", 1)),
                        List.of(
                                new Expectations.Sample("{namespace=\"a\"}", 1),
                                new Expectations.Sample("{namespace=\"b\\\\\"}", 1)));
        assertThat(weaker.samples()).allSatisfy(each -> assertThat(each.why()).isPresent());
    }

    @Test
    void nothingIsExpectedOfAnAlertThatFiresOnlySometimes() {
        Expectations weaker = SteadyExpectations.weaker(
                expected(hot(30_000, "0.1", "a"), hot(60_000, "0.5", "a"), OVER),
                expected(Expectations.Alerts.none("Hot", 30_000)));

        assertThat(weaker.alerts()).containsExactly(hot(60_000, "0.5", "a"), OVER);
        assertThat(weaker.samples()).isEmpty();
        assertThat(weaker.unsure()).singleElement().asString().contains("fires of Hot at 30s");
    }

    @Test
    void valuesThatRoundingDoesNotSteadyAreCountedAndThenGivenUp() {
        Expectations first =
                new Expectations(List.of(), List.of(value("round(a, 1e-6)", 1), value("round(b, 1e-6)", 2)));

        Expectations counted =
                SteadyExpectations.weaker(first, new Expectations(List.of(), List.of(value("round(a, 1e-6)", 5))));
        Expectations givenUp = SteadyExpectations.weaker(
                counted, new Expectations(List.of(), List.of(value("count(round(a, 1e-6))", 3))));

        assertThat(counted.samples())
                .extracting(Expectations.Samples::expression)
                .containsExactly("count(round(a, 1e-6))", "round(b, 1e-6)");
        assertThat(givenUp.samples()).containsExactly(value("round(b, 1e-6)", 2));
        assertThat(givenUp.unsure()).hasSize(1);
    }

    private static Expectations expected(Expectations.Alerts... alerts) {
        return new Expectations(List.of(alerts), List.of());
    }

    private static Expectations.Alerts hot(long atMs, String value, String... namespaces) {
        return new Expectations.Alerts(
                "Hot",
                atMs,
                List.of(namespaces).stream()
                        .map(namespace -> new Expectations.Firing(
                                Map.of("namespace", namespace, "much", value), Map.of("summary", "at " + value)))
                        .toList());
    }

    private static Expectations.Samples value(String expression, double value) {
        return new Expectations.Samples(expression, 30_000, List.of(new Expectations.Sample("{}", value)));
    }
}
