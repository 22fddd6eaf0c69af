package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.OddDocuments;

class ImportActivationsTest {
    @TempDir
    private Path temp;

    private Path dump;
    private Path folder;

    @BeforeEach
    void nameFiles() {
        dump = temp.resolve("docs.json");
        folder = temp.resolve("recording");
    }

    @Test
    void importsAnAnswerOfTheDatabase() throws IOException {
        Files.writeString(
                dump,
                "{\"results\":[\n" + change("1", "action-warm") + ",\n" + change("2", "trigger") + ",\n"
                        + change("3", "design") + ",\n{\"seq\":\"4\",\"id\":\"x\",\"doc\":[1]}\n],\"last_seq\":\"4\"}");

        CommandRun run = importDump();

        assertThat(run)
                .isEqualTo(new CommandRun(0, "imported 4 activations into " + folder + ", 1 of them unreadable\n", ""));
        assertThat(CommandRun.of("info", "--json", folder.toString()).out())
                .contains("\"activations\":{\"rows\":4,\"deleted\":0,\"unreadable\":1,");
    }

    @Test
    void importsBothTablesIntoOneRecording() throws IOException {
        Path events = temp.resolve("events.jsonl");
        Files.writeString(events, "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1}}\n");
        Files.writeString(dump, sample("action-warm") + "\n" + sample("sequence") + "\n");

        CommandRun run = CommandRun.of(
                "import", "--ndjson", "events=" + events + ",activations=" + dump, "-o", folder.toString());

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0, "imported 1 events and 2 activations into " + folder + ", 0 of them unreadable\n", ""));
    }

    @Test
    void saysThatADumpIsCut() throws IOException {
        Files.writeString(dump, "[" + sample("action-warm"));

        CommandRun run = importDump();

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).isEqualTo(dump + " ends in the middle, behind 1 rows\n");
    }

    @Test
    void leavesOutADocumentThatCameBefore() throws IOException {
        Files.writeString(dump, sample("action-warm") + "\n" + sample("action-warm") + "\n");

        assertThat(importDump().out()).startsWith("imported 1 activations");
    }

    @Test
    void leavesPayloadsOutIfAsked() throws IOException {
        Files.writeString(dump, sample("action-cold-with-logs"));

        assertThat(importDump("--no-payloads").exitCode()).isZero();

        assertThat(CommandRun.of(
                                "analyze",
                                folder.toString(),
                                "--sql",
                                "SELECT log_lines, contains(document, 'report done') AS kept FROM activations",
                                "--format",
                                "csv")
                        .out())
                .endsWith("1,false\n");
    }

    @Test
    void refusesATableThatIsNone() {
        CommandRun run = CommandRun.of("import", "--ndjson", "metrics=x", "-o", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--ndjson takes FILE, or events=FILE and activations=FILE, got [metrics=x]");
        assertThat(folder).doesNotExist();
    }

    private CommandRun importDump(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("import", "--ndjson", "activations=" + dump, "-o", folder.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static String change(String seq, String name) {
        return "{\"seq\":\"" + seq + "\",\"id\":\"" + name.replace("design", "_design/x") + "\",\"doc\":" + sample(name)
                + "}";
    }

    private static String sample(String name) {
        return new String(OddDocuments.sample(name), StandardCharsets.UTF_8);
    }
}
