package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Dashboard;

/** The rules for Prometheus, as promtool judges them. */
class AlertsIT {
    private static final Path ALERTS = Dashboard.FOLDER.resolve("alerts.yml");
    private static final Path TESTS = Path.of("src/test/resources/grafana/alerts-test.yml");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    Path folder;

    @BeforeAll
    static void requirePrometheus() {
        PrometheusServer.require();
    }

    @Test
    void rulesAndConfigurationAreInOrder() throws Exception {
        // Checks the rules that it names along.
        assertThat(PrometheusServer.promtool(
                        "check",
                        "config",
                        Dashboard.FOLDER.resolve("prometheus.yml").toString()))
                .contains("SUCCESS: 16 rules found", "SUCCESS: 10 rules found")
                .doesNotContain("FAILED", "duplicate")
                .endsWith("exit code 0");
    }

    @Test
    void alertsFireWhenTheyMustAndAreSilentWhenNot() throws Exception {
        assertThat(PrometheusServer.promtool("test", "rules", TESTS.toString())).endsWith("SUCCESS\n\nexit code 0");
    }

    @Test
    void everyAlertIsTestedBothWays() throws IOException {
        String tests = Files.readString(TESTS);

        assertThat(alerts()).hasSize(10).allSatisfy(alert -> {
            assertThat(tests).containsPattern("alertname: " + alert + "\n +exp_alerts:");
            assertThat(tests).containsPattern("alertname: " + alert + "\n(?! +exp_alerts:)");
        });
    }

    /** Else a test that names an alert wrongly would call it silent. */
    @Test
    void anAlertThatFiresTooEarlyIsNoticed() throws Exception {
        String eager = Files.readString(ALERTS).replace("> 0.05\n          and", "> 0.005\n          and");
        Files.copy(Dashboard.FOLDER.resolve("recording-rules.yml"), folder.resolve("recording-rules.yml"));
        Files.writeString(folder.resolve("alerts.yml"), eager);
        Path tests = Files.writeString(
                folder.resolve("alerts-test.yml"), Files.readString(TESTS).replace("../../../main/grafana/", ""));

        assertThat(PrometheusServer.promtool("test", "rules", tests.toString()))
                .contains("alertname: OpenWhiskWaitBeyondTenSeconds, time: 10m", "1% of the calls of billing/tax")
                .endsWith("exit code 1");
    }

    private static List<String> alerts() throws IOException {
        return ALERT.matcher(Files.readString(ALERTS))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
