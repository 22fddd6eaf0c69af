package whisktape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards as Grafana reads them; {@code DashboardsIT} asks what they ask. */
final class DashboardsTest {
    private static final int COLUMNS = 24;

    /** Links of others point to these. */
    private static final Map<String, String> UIDS =
            Map.of("user-events", "whisktape-user-events", "invokers", "whisktape-invokers");

    private static final Pattern QUERY = Pattern.compile("analyze REC ((?:[a-z-]+|, (?:then )?|\\(|\\))+)");
    private static final Pattern AVERAGE = Pattern.compile("\\bavg|_sum\\b[^/]*/[^/]*_count\\b");

    static Stream<Dashboard> dashboards() throws IOException {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void keepTheirUids(Dashboard dashboard) {
        assertThat(dashboard.json().path("uid").textValue()).isEqualTo(UIDS.get(dashboard.name()));
        assertThat(dashboard.json().has("id"))
                .as("an id belongs to one Grafana")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void numberEachPanelOnce(Dashboard dashboard) {
        assertThat(Dashboard.elements(dashboard.json().path("panels"))
                        .map(panel -> panel.path("id").intValue()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void placePanelsSideBySide(Dashboard dashboard) {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.json().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").intValue() + at.path("w").intValue()).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.path("x").intValue();
                    x < at.path("x").intValue() + at.path("w").intValue();
                    x++) {
                for (int y = at.path("y").intValue();
                        y < at.path("y").intValue() + at.path("h").intValue();
                        y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s at column %d, line %d", panel.path("title"), x, y)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void askTheSourceThatIsChosen(Dashboard dashboard) {
        assertThat(dashboard.json().findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(source).hasToString("{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void sayInEachPanelWhatItTells(Dashboard dashboard) {
        for (JsonNode panel : dashboard.panels()) {
            String title = panel.path("title").textValue();
            assertThat(panel.path("description").textValue()).as(title).hasSizeGreaterThan(50);
            assertThat(panel.toString()).as(title).containsPattern("\"unit\":\"|\"id\":\"unit\"");
            assertThat(panel.path("targets")).as(title).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void leaveOutHealthProbesUntilToldOtherwise(Dashboard dashboard) {
        assertThat(dashboard.initial("leave_out")).isEqualTo("whisk.system");
        assertThat(dashboard.queries())
                .filteredOn(query -> query.expression().contains("openwhisk_action_"))
                .filteredOn(query -> !query.expression().contains("openwhisk_action_limit_"))
                .allSatisfy(query -> assertThat(query.expression()).contains("initiator!=\"$leave_out\""));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void haveNoMeans(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .allSatisfy(query -> assertThat(query.expression()).doesNotContainPattern(AVERAGE));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void nameQueriesThatThereAre(Dashboard dashboard) {
        assertThat(named(dashboard.json().toString())).isNotEmpty().allSatisfy(DashboardsTest::assertQuery);
    }

    @Test
    void alertsNameQueriesThatThereAre() throws IOException {
        String alerts = Files.readString(Dashboard.FOLDER.resolve("alerts.yml"));

        assertThat(named(alerts)).isNotEmpty().allSatisfy(DashboardsTest::assertQuery);
        assertThat(Pattern.compile("- alert:").matcher(alerts).results().count())
                .isEqualTo(Pattern.compile("(?m)^ +next: whisktape (analyze|doctor) ")
                        .matcher(alerts)
                        .results()
                        .count());
    }

    private static List<String> named(String text) {
        return QUERY.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .flatMap(names -> Stream.of(names.split("[(), ]+")))
                .filter(name -> name.contains("-"))
                .toList();
    }

    private static void assertQuery(String name) {
        assertThat(Path.of("queries", name + ".sql")).exists();
    }
}
