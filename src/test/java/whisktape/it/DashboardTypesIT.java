package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Dashboard;
import whisktape.ShellCommand;

/** The dashboards' JSON against the types that Grafana publishes; {@code .ci/run} installs them. */
class DashboardTypesIT {
    private static final Path CHECK = Path.of("src/test/grafana/check.mjs");
    private static final Path DASHBOARDS = Dashboard.FOLDER.resolve("dashboards");

    @TempDir
    Path folder;

    @BeforeAll
    static void requireTypes() {
        Real.require(
                "Grafana's types (npm ci --prefix src/test/grafana installs them)",
                Files.exists(Path.of("src/test/grafana/node_modules/@grafana/schema")));
    }

    @Test
    void areAsGrafanaWantsThem() throws Exception {
        ShellCommand.Result result = ShellCommand.of(
                        "node", CHECK, DASHBOARDS.resolve("user-events.json"), DASHBOARDS.resolve("invokers.json"))
                .run();

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aValueThatGrafanaDoesNotKnowIsFound() throws Exception {
        String text = Files.readString(DASHBOARDS.resolve("invokers.json"))
                .replace("\"showPoints\": \"auto\"", "\"showPoints\": \"sometimes\"");
        Path changed = Files.writeString(folder.resolve("changed.json"), text);

        ShellCommand.Result result = ShellCommand.of("node", CHECK, changed).run();

        assertThat(result.out()).contains("'\"sometimes\"' is not assignable to type 'VisibilityMode");
        assertThat(result.exitCode()).isEqualTo(1);
    }
}
