package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;

class RuleFilesTest {
    @TempDir
    Path folder;

    @Test
    void knowsTheNamesOfAlertsAndRecordingRulesInAnyStyle() throws IOException {
        Path one = file("one.yml", """
                groups:
                  - name: g
                    rules:
                      - alert: "Slow: very"   # a comment
                        expr: rate(openwhisk_action_waitTime_seconds_sum[5m]) > 1
                      - {record: 'job:calls:rate', expr: "sum(rate(openwhisk_action_status[5m]))"}
                """);
        Path other = file("other.yml", """
                groups: [{name: h, rules: [{alert: Slow, expr: up == 0}, {alert: Slow, expr: up == 1}]}]
                """);

        RuleFiles rules = RuleFiles.read(List.of(one, other));

        assertThat(rules.alerts()).containsExactly("Slow: very", "Slow");
        assertThat(rules.records()).containsExactly("job:calls:rate");
        assertThat(rules.groups()).containsExactly("g", "h");
        assertThat(rules.mention("openwhisk_action_waitTime_seconds_sum")).isTrue();
        assertThat(rules.mention("openwhisk_action_status")).isTrue();
        assertThat(rules.mention("openwhisk_action_status_code")).isFalse();
        assertThat(rules.mention("openwhisk_action_waitTime_seconds")).isFalse();
    }

    @Test
    void searchesTemplatesForSeriesToo() throws IOException {
        RuleFiles rules = RuleFiles.read(List.of(file("rules.yml", """
                groups:
                  - name: g
                    rules:
                      - alert: A
                        expr: up == 0
                        labels: {size: '{{ query "a_label_asks" | len }}'}
                        annotations: {text: '{{ with query "an_annotation_asks" }}{{ . }}{{ end }}', plain: only_said}
                """)));

        assertThat(rules.mention("a_label_asks")).isTrue();
        assertThat(rules.mention("an_annotation_asks")).isTrue();
        assertThat(rules.mention("only_said")).isFalse();
    }

    @Test
    void groupsThatRecordComeBeforeThoseThatReadIt() throws IOException {
        Path rules = file("rules.yml", """
                groups:
                  - {name: alerts, rules: [{alert: A, expr: 'a:b > 0'}]}
                  - {name: records, rules: [{record: 'a:b', expr: 'sum(a)'}]}
                  - {name: more, rules: [{record: 'c:d', expr: 'sum(a:b)'}, {alert: C, expr: 'c:d > 0'}]}
                """);

        assertThat(RuleFiles.read(List.of(rules)).groups()).containsExactly("records", "more", "alerts");
    }

    @Test
    void refusesWhatIsNoRuleFile() throws IOException {
        assertRefused(folder.resolve("missing.yml"), "there is no rule file");
        assertRefused(file("broken.yml", "groups: [\n"), "it is no YAML");
        assertRefused(file("prometheus.yml", "rule_files: [alerts.yml]\n"), "there are no rules");
        assertRefused(file("list.yml", "- 1\n"), "there are no rules");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> RuleFiles.read(List.of(file)))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
