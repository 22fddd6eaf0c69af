package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.Dashboard;

/** All that the dashboards ask, asked of a real Prometheus, however it came by the run. */
interface DashboardContract {
    /** By as much a share can miss 0. */
    double ROUNDING = 1e-9;

    ShownRun run();

    /** Each dashboard with the jobs that have what it shows. */
    static Stream<Arguments> dashboards() throws IOException {
        return Dashboard.all()
                .flatMap(dashboard -> dashboard.name().equals("invokers")
                        ? Stream.of(Arguments.of(dashboard, "improved"))
                        : Stream.of(Arguments.of(dashboard, "compatible"), Arguments.of(dashboard, "improved")));
    }

    @ParameterizedTest
    @MethodSource("whisktape.it.DashboardContract#dashboards")
    default void everyPanelShowsSomething(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = run().initialValues(dashboard, job);
        for (Dashboard.Query query : dashboard.queries()) {
            assertThat(run().numbers(query, values))
                    .as("%s %s: %s", query.panel(), query.refId(), Dashboard.filledIn(query.expression(), values))
                    .isNotEmpty();
        }
    }

    /** So that a panel of what is rare does not pass with zeros. */
    @ParameterizedTest
    @MethodSource("whisktape.it.DashboardContract#dashboards")
    default void everyPanelShowsMoreThanZeros(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = run().initialValues(dashboard, job);
        for (Dashboard.Query query : dashboard.queries()) {
            if (!List.of("Behind", "Last event").contains(query.panel())) {
                assertThat(run().numbers(query, values))
                        .as("%s %s: %s", query.panel(), query.refId(), Dashboard.filledIn(query.expression(), values))
                        .anyMatch(number -> number > ROUNDING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("whisktape.it.DashboardContract#dashboards")
    default void everyVariableHasValues(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = run().initialValues(dashboard, job);
        for (Dashboard.Variable variable : dashboard.variables()) {
            assertThat(run().labelValues(variable, values))
                    .as("$%s", variable.name())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("whisktape.it.DashboardContract#dashboards")
    default void everyPanelTakesChosenValues(Dashboard dashboard, String job) throws Exception {
        Map<String, String> values = run().initialValues(dashboard, job);
        values.putAll(Map.of(
                "namespace",
                "(shop|catalog)",
                "initiator",
                "shop",
                "action",
                "(cart|images/resize)",
                "leave_out",
                "-"));
        values.computeIfPresent("invoker", (name, all) -> "(invoker0|invoker1)");
        for (Dashboard.Query query : dashboard.queries()) {
            assertThat(run().numbers(query, values))
                    .as("%s %s", query.panel(), query.refId())
                    .allMatch(number -> number > -ROUNDING);
        }
    }

    /** Which is the fifth, {@link ShownRun#recording}. */
    @Test
    default void theInvokerThatIsSlowStandsOut() throws Exception {
        Dashboard invokers = Dashboard.all()
                .filter(dashboard -> dashboard.name().equals("invokers"))
                .findFirst()
                .orElseThrow();
        Dashboard.Query query = invokers.queries().stream()
                .filter(each -> each.panel().equals("Slower than the same actions elsewhere"))
                .findFirst()
                .orElseThrow();

        Map<String, Double> factors = run().byLabel("invoker", query, run().initialValues(invokers, "improved"));

        assertThat(factors).hasSizeGreaterThan(2);
        assertThat(factors.entrySet())
                .filteredOn(factor -> factor.getValue() > 1.3)
                .extracting(Map.Entry::getKey)
                .containsExactly("invoker5");
    }
}
