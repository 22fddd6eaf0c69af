package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ShellCommand;
import whisktape.cli.CommandRun;
import whisktape.lab.SimulatedBottleneck;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** {@code export rule-tests}, judged by a real promtool. */
class RuleTestsIT {
    private static final Path RULES = Path.of("src/test/resources/openmetrics/rules.yml");
    private static final Path SUMS = Path.of("src/test/resources/openmetrics/summed-rules.yml");
    private static final String PASSED = "exit code 0";

    @TempDir
    static Path shared;

    private static Path sample;
    private static Path interrupted;
    private static Path bottleneck;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeRecordings() {
        sample = SampleRecording.into(shared.resolve("sample"));
        interrupted = SampleRecording.interruptedInto(shared.resolve("interrupted"));
        bottleneck = shared.resolve("bottleneck");
        SimulationRecording.write(
                bottleneck,
                SimulationPlan.calm()
                        .lasting(Duration.ofMinutes(7))
                        .plant(new SimulatedBottleneck.NearTimeout("printshop", 3_000, 1)),
                1);
    }

    @Test
    void aRunIsATestThatPasses() throws Exception {
        for (Path recording : List.of(sample, interrupted)) {
            String test = export(recording, "--rules", RULES.toString());

            assertThat(test)
                    .startsWith("# What whisktape recorded in " + recording.getFileName())
                    .contains(
                            "alertname: 'CallsFail'",
                            "exp_labels: {action: 'apperror', namespace: 'guest', severity: 'page'}",
                            "# NobodyCalls does not fire.",
                            "expr: 'round(action:calls:rate1m, 1e-")
                    .doesNotContain("openwhisk_action_waitTime_seconds_bucket", "openwhisk_action_memory");
            // Again and again: promtool evaluates groups in a random order unless it is told one.
            for (int i = 0; i < 6; i++) {
                assertThat(promtool()).endsWith(PASSED);
            }
        }
    }

    @Test
    void aTestFailsWhenAnyOfItsExpectationsIsChanged() throws Exception {
        String test = export(sample, "--rules", RULES.toString());

        assertFailsWith(test.replaceFirst("severity: 'page'", "severity: 'ticket'"));
        assertFailsWith(test.replaceFirst("fails \"", "fails '"));
        assertFailsWith(test.replaceFirst("exp_alerts: \\[]", "exp_alerts: [{exp_labels: {}}]"));
        assertFailsWith(test.replaceFirst("( value: )0\\.", "$11."));
        assertFailsWith(test.replaceFirst("(status=\"application_error\".*\\n +values: ').*'", "$10'"));
    }

    /** promtool adds up in another order each time, and the last digits differ. */
    @Test
    void rulesThatAddUpMakeATestThatPassesEachTime() throws Exception {
        Path rules = Files.copy(SUMS, folder.resolve("rules.yml"));

        String test = export(sample, "--rules", rules.toString());

        assertThat(test)
                .contains(
                        "# Hot fires at 45s (1), at 2m (4), and is over at 3m45s.",
                        "expr: 'round(duration:p95, 1e-6)'",
                        "# Counted, as the last digits",
                        "expr: 'count by (namespace, severity) (ALERTS{alertname=\"Hot\", alertstate=\"firing\"})'",
                        "expr: 'count by (namespace) (ALERTS{alertname=\"Labelled\", alertstate=\"firing\"})'")
                .doesNotContain("exp_annotations");
        for (int i = 0; i < 8; i++) {
            assertThat(promtool()).endsWith(PASSED);
        }
        String right = Files.readString(rules);
        Files.writeString(rules, right.replaceFirst("> 0\\.1", "> 1000"));
        assertThat(promtool()).contains("ALERTS{alertname=\\\"Hot\\\"").endsWith("exit code 1");
        Files.writeString(rules, right.replace("0.95", "0.5"));
        assertThat(promtool()).contains("duration:p95").endsWith("exit code 1");
    }

    @Test
    void aSeriesThatOnlyATemplateAsksForIsThere() throws Exception {
        Path rules = rules("""
                groups:
                  - name: g
                    rules:
                      - alert: Busy
                        expr: sum(rate(openwhisk_action_activations_total[1m])) > 0
                        annotations: {memory: '{{ with query "openwhisk_action_memory" }}{{ len . }} actions{{ end }}'}
                """);

        assertThat(export(sample, "--rules", rules.toString()))
                .contains("- series: 'openwhisk_action_memory{")
                .containsPattern("exp_annotations: \\{memory: '\\d+ actions'}");
        assertThat(promtool()).endsWith(PASSED);
    }

    @Test
    void namesOfBrokenCharactersDoNotBreakTheTest() throws Exception {
        StringBuilder events = new StringBuilder();
        List<String> names = List.of("half\\\\ud83d", "replaced\\\\ufffd", "whole\\\\ud83d\\\\ude00");
        for (int i = 0; i < 30; i++) {
            long ms = 1_795_427_079_812L + i * 1_000;
            events.append("""
                    {"topic":"events","partition":0,"offset":%d,"tstype":"create","ts":%d,"broker":1,"key":null,"payload":"{\\"body\\":\
                    {\\"activationId\\":\\"a1484b6e79274812884b6e79274%05d\\",\\"conductor\\":false,\\"duration\\":3,\\"initTime\\":0,\
                    \\"kind\\":\\"nodejs:20\\",\\"memory\\":256,\\"name\\":\\"guest/action%d\\",\\"size\\":27,\\"statusCode\\":0,\
                    \\"waitTime\\":42},\\"eventType\\":\\"Activation\\",\\"namespace\\":\\"%s\\",\\"source\\":\\"invoker1\\",\
                    \\"subject\\":\\"guest\\",\\"timestamp\\":%d,\\"userId\\":\\"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\\"}"}
                    """.formatted(i, ms, i, i % names.size(), names.get(i % names.size()), ms));
        }
        Path recording = folder.resolve("odd");
        CommandRun imported = CommandRun.of(
                "import",
                "--ndjson",
                "events=" + Files.writeString(folder.resolve("events.jsonl"), events),
                "-o",
                recording.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        Path rules = rules("""
                groups:
                  - name: g
                    rules:
                      - {alert: Called, expr: 'sum by (initiator) (rate(openwhisk_action_activations_total[1m])) > 0'}
                      - {record: 'initiator:calls', expr: 'sum by (initiator) (openwhisk_action_activations_total)'}
                """);

        assertThat(export(recording, "--rules", rules.toString()))
                .contains("initiator=\"half?\"", "initiator=\"replaced\\ufffd\"", "exp_labels: {initiator: 'half?'}");
        assertThat(promtool()).endsWith(PASSED);
    }

    @Test
    void aRuleFileIsNotOverwrittenByItsTest() throws Exception {
        Path rules = Files.copy(RULES, folder.resolve("test.yml"));

        CommandRun run = run(sample, "--rules", rules.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it is the rule file");
        assertThat(rules).hasSameTextualContentAs(RULES);
    }

    @Test
    void aWindowIsATestOfItsOwn() throws Exception {
        Instant from = Instant.parse("2026-11-23T09:45:30Z");
        Instant until = Instant.parse("2026-11-23T09:46:30Z");
        Path rules = Files.copy(RULES, folder.resolve("my [1]* rules.yml"));

        String test = export(
                sample,
                "--rules",
                rules.toString(),
                "--from",
                from.toString(),
                "--until",
                until.toString(),
                "--interval",
                "5s");

        assertThat(test)
                .contains(
                        "alertname: 'CallsFail'",
                        "# 0s is 2026-11-23T09:45:30Z, the end is 2026-11-23T09:46:25Z.",
                        "evaluation_interval: 5s");
        assertThat(test.lines().filter(line -> line.contains("values: ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(steps(line)).isEqualTo(12));
        assertThat(promtool()).endsWith(PASSED);
    }

    @Test
    void aFindingIsATestOfItsSubject() throws Exception {
        String test = export(bottleneck, "--rules", RULES.toString(), "--finding", "R15");

        assertThat(test).contains("# Finding R15 about {action=printshop/", "namespace=\"printshop\"");
        assertThat(test.lines().filter(line -> line.contains("- series: ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("namespace=\"printshop\""));
        assertThat(promtool()).endsWith(PASSED);
    }

    @Test
    void withoutRulesThereAreOnlySeries() throws Exception {
        String test = export(sample, "--match", "^openwhisk_userevents_global_.*_total$");

        assertThat(test).contains("rule_files: []").doesNotContain("exp_alerts", "exp_samples");
        assertThat(test.lines().filter(line -> line.contains("- series: "))).hasSize(8);
        assertThat(promtool()).endsWith(PASSED);
    }

    @Test
    void withoutPromtoolThereIsASkeletonThatSaysSo() throws Exception {
        Path test = folder.resolve("test.yml");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        ShellCommand.Result result = ShellCommand.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "whisktape.cli.Main",
                        "export",
                        sample,
                        "rule-tests",
                        "--rules",
                        RULES,
                        "-o",
                        test)
                .withOnly(Map.of("PATH", folder.toString()))
                .run();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("promtool is not on the PATH");
        assertThat(Files.readString(test))
                .contains("# promtool was not there", "alertname: 'CallsFail'", "expr: 'action:wait:mean1m'");
        assertThat(promtool())
                .contains(
                        "got: {__name__=\"action:wait:mean1m\"",
                        "alertname: CallsFail, time: 2m",
                        "Labels:{action=\"apperror\"")
                .endsWith("exit code 1");
    }

    @Test
    void rulesThatPromtoolCannotReadAreNamed() throws Exception {
        PrometheusServer.require();
        Path broken = rules("groups: [{name: g, rules: [{alert: Odd, expr: 'sum(rate(foo[5m]'}]}]");

        CommandRun run = run(sample, "--rules", broken.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("promtool cannot read the rules in " + broken, "unclosed left parenthesis");
        assertThat(folder.resolve("test.yml")).doesNotExist();
    }

    private Path rules(String text) throws IOException {
        return Files.writeString(folder.resolve("rules.yml"), text);
    }

    private void assertFailsWith(String changed) throws Exception {
        assertThat(changed).isNotEqualTo(Files.readString(folder.resolve("test.yml")));
        assertThat(PrometheusServer.promtool(
                        "test",
                        "rules",
                        Files.writeString(folder.resolve("changed.yml"), changed)
                                .toString()))
                .contains("FAILED")
                .endsWith("exit code 1");
    }

    private String promtool() throws IOException, InterruptedException {
        return PrometheusServer.promtool(
                "test", "rules", folder.resolve("test.yml").toString());
    }

    private String export(Path recording, String... more) throws IOException {
        PrometheusServer.require();
        CommandRun run = run(recording, more);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readString(folder.resolve("test.yml"));
    }

    private CommandRun run(Path recording, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                recording.toString(),
                "rule-tests",
                "-o",
                folder.resolve("test.yml").toString()));
        Collections.addAll(arguments, more);
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** How many values promtool makes of a line. */
    private static int steps(String line) {
        int steps = 0;
        for (String run : line.replaceAll(".*values: '(.*)'", "$1").split(" ")) {
            int x = run.indexOf('x');
            if (x < 0) {
                steps++;
            } else {
                steps += Integer.parseInt(run.substring(x + 1)) + (run.startsWith("_") ? 0 : 1);
            }
        }
        return steps;
    }
}
